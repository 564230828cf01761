/**
 * Streams (RFC 9000 §2, §3, §4): their table, both halves with their buffers, and the order in
 * which they are served. Protocol state belongs to the agent's thread; each half has one
 * application thread at a time, which exchanges bytes with the agent without locks. May depend on
 * {@code flow}, {@code recovery}, {@code frame} and {@code wire}; knows no packet, path or socket.
 */
package dev.tern.quic.stream;
