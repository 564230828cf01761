/**
 * From a datagram to its connection: routing by connection ID, accepting, version negotiation and
 * stateless reset (RFC 9000 §5.2, §6, §10.3), still without input and output. May use {@code
 * connection} and below.
 */
package dev.tern.quic.endpoint;
