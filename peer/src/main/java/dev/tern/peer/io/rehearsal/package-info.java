/**
 * Plays a connection's life in memory before the first real one, so that its code is compiled by
 * then. The one part of the product, beside the demo, that uses the simulated network.
 */
package dev.tern.peer.io.rehearsal;
