/**
 * Credit: how much may be sent, how much the peer may send, and values that are sent again with
 * their newest version (RFC 9000 §4). Knows bytes and limits, neither streams nor frames; may
 * depend on {@code recovery} and {@code wire}.
 */
package dev.tern.quic.flow;
