/**
 * X25519 (RFC 7748), the costliest step of a handshake, by the fastest library that is there:
 * OpenSSL's libcrypto, or BouncyCastle everywhere else.
 */
package dev.tern.crypto.x25519;
