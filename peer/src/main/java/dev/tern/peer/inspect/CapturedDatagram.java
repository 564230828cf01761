package dev.tern.peer.inspect;

/**
 * A UDP datagram of a capture file.
 *
 * @param route from whom to whom
 */
record CapturedDatagram(String route, byte[] payload) {}
