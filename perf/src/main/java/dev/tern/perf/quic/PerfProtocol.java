package dev.tern.perf.quic;

import java.nio.ByteBuffer;

/** What client and server of the measurements agree on. */
final class PerfProtocol {
    /** ALPN of draft-banks-quic-performance-00 §2.1. */
    static final String PERF = "perf";

    /** Our own: the server sends back on each stream what came on it. */
    static final String ECHO = "tern-echo";

    /** A stream begins with how many bytes the client wants back (§2.3.1). */
    static final int HEADER_BYTES = Long.BYTES;

    /** Bytes without end, until the client has enough. */
    static final long ENDLESS = -1;

    /** What all payload is made of (§4.1). */
    private static final byte[] PAYLOAD = new byte[1 << 16];

    private PerfProtocol() {}

    static byte[] header(long wantedBytes) {
        return ByteBuffer.allocate(HEADER_BYTES).putLong(wantedBytes).array();
    }

    /** To be read only. */
    static byte[] payload() {
        return PAYLOAD;
    }
}
