/**
 * Peers that move: a connection between two of them by identity, from the dial through a relay to
 * the direct path and through every change of network. Sans-IO like {@code quic-core}; its {@code
 * io} package drives it. Joins {@code nat} and {@code relay}, which do not know each other.
 */
package dev.tern.peer;
