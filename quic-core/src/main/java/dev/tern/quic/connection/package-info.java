/**
 * One QUIC connection as pure protocol: datagrams and the time in, datagrams and the next deadline
 * out (RFC 9000). {@link dev.tern.quic.connection.Connection} is a facade that wires the parts
 * together. May use every package below it in the order of docs/architecture.md.
 */
package dev.tern.quic.connection;
