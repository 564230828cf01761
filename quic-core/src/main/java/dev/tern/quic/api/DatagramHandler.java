package dev.tern.quic.api;

/** Takes messages that arrive in DATAGRAM frames, on the endpoint's own thread. */
@FunctionalInterface
public interface DatagramHandler {
    /** A message arrived. Its bytes are valid during the call only. It must not wait. */
    void onDatagram(byte[] buffer, int offset, int length);
}
