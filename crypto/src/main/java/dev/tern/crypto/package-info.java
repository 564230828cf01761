/**
 * Keys and packet protection (RFC 9001 §5); the rooms below hold the TLS 1.3 handshake, session
 * resumption and identities. Knows packet numbers and buffers, and has never heard of a frame, a
 * stream or a socket.
 *
 * <p>May depend on the JDK's ciphers and on BouncyCastle, and on nothing else of Tern. Nothing in
 * here reads a clock or makes its own randomness: who needs it passes a {@link
 * java.security.SecureRandom}, and the same random bytes give the same handshake bytes; but for the
 * nonces of ECDSA where libcrypto signs, which only programs with real sockets let it do.
 */
package dev.tern.crypto;
