/**
 * HTTP/3 (RFC 9114) as far as fetching and serving files goes, exact in what it speaks: no push, no
 * dynamic table of QPACK (RFC 9204), no extensions. Uses {@code quic-core}'s public API; of the
 * QPACK library only {@link dev.tern.peer.interop.http3.FieldSections} and {@link
 * dev.tern.peer.interop.http3.DecoderStream} know.
 */
package dev.tern.peer.interop.http3;
