/**
 * How much may be in flight on a path and when the next packet may leave: NewReno, CUBIC with
 * HyStart++, pacing (RFC 9002 §7, RFC 9438, RFC 9406). Knows bytes and times, not frames; uses
 * {@code recovery}'s delivery rate alone.
 */
package dev.tern.quic.congestion;
