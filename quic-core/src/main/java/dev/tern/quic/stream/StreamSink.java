package dev.tern.quic.stream;

/** Takes bytes of a stream where they lie, so that nothing is copied. */
@FunctionalInterface
public interface StreamSink {
    /**
     * The next bytes in order. They may be read during the call only, and not be changed.
     *
     * @param length at least 1
     */
    void onBytes(byte[] buffer, int offset, int length);
}
