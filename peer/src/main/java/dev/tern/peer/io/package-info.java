/**
 * Peers for programs: the threads, sockets and clocks around {@link dev.tern.peer.PeerNode}. {@link
 * dev.tern.peer.io.Peer} is where an embedder begins.
 */
package dev.tern.peer.io;
