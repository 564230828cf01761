/**
 * Who a side is: the Ed25519 key pairs, peer ids and key files of peers, the PEM files of ordinary
 * servers, and the verifiers of both. May depend on {@code dev.tern.crypto} and {@code
 * dev.tern.crypto.tls}.
 */
package dev.tern.crypto.identity;
