/**
 * The cryptographic handshake: CRYPTO streams, keys by encryption level, and the driver that joins
 * them with TLS (RFC 9001 §4). May use {@code recovery}, {@code frame}, {@code wire} and below.
 */
package dev.tern.quic.handshake;
