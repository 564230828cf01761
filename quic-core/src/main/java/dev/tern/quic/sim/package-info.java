/**
 * A testing kit, for embedders too: a virtual clock, a network of links and whatever else packets
 * pass, and nodes that know nothing of it. One seed gives one course of events. Drives nodes
 * through {@link dev.tern.quic.endpoint.DatagramNode} only; nothing depends on it.
 */
package dev.tern.quic.sim;
