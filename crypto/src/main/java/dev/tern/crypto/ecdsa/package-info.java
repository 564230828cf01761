/**
 * ECDSA on P-256, with which most servers sign, by OpenSSL's libcrypto where that is there: in Java
 * a signature takes seven times as long, and to verify one three times. Ed25519 is not among what
 * is found here, because there BouncyCastle is faster.
 */
package dev.tern.crypto.ecdsa;
