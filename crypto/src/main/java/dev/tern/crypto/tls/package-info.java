/**
 * The TLS 1.3 handshake as bytes per encryption level (RFC 9001 §4), on BouncyCastle's messages and
 * mathematics but without its record layer. {@link dev.tern.crypto.tls.TlsEngine} is the way in;
 * {@code docs/tls.md} says where BouncyCastle is bent and why. May depend on {@code
 * dev.tern.crypto} and {@code dev.tern.crypto.resumption}.
 */
package dev.tern.crypto.tls;
