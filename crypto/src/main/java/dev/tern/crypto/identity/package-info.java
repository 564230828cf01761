/**
 * Who a peer is: Ed25519 key pairs, peer ids, key files, and verifiers of the one certificate that
 * a peer shows. May depend on {@code dev.tern.crypto} and {@code dev.tern.crypto.tls}.
 */
package dev.tern.crypto.identity;
