/**
 * {@code tern interop}: serves and downloads files as the QUIC interop runner wants it, so that any
 * other stack can be tested against. Uses {@code quic-core}'s public API, as a program of an
 * embedder's would.
 */
package dev.tern.peer.interop;
