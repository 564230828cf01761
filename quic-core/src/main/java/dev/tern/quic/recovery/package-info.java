/**
 * Loss detection, round-trip times and acknowledgements (RFC 9002), one of each for every path:
 * loss belongs to the path a packet was sent on. May use {@code wire}, {@code frame}, {@code buf}.
 */
package dev.tern.quic.recovery;
