/**
 * Hole punching (RFC 5128 §3.3, draft-seemann-quic-nat-traversal-02): which addresses to offer,
 * which pairs to probe and when, and how many bytes that may cost strangers. Sees addresses and the
 * time, never packets; the connection sends the probes, which are PATH_CHALLENGEs. May use {@code
 * dev.tern.quic.path}.
 */
package dev.tern.nat.punch;
