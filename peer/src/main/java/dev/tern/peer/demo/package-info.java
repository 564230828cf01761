/**
 * {@code tern demo}: a relay and two peers in processes of their own, each peer behind a NAT, a
 * file and two streams of messages between them, and one peer that moves meanwhile. Real sockets,
 * real QUIC.
 */
package dev.tern.peer.demo;
