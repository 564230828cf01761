package dev.tern.quic.stream;

/** The two lowest bits of a stream ID say who opened it and which ways it goes (RFC 9000 §2.1). */
final class StreamId {
    private static final int SERVER_INITIATED = 0x01;
    private static final int UNIDIRECTIONAL = 0x02;

    private StreamId() {}

    static long of(long index, boolean serverInitiated, boolean bidirectional) {
        return index << 2
                | (serverInitiated ? SERVER_INITIATED : 0)
                | (bidirectional ? 0 : UNIDIRECTIONAL);
    }

    static boolean isServerInitiated(long id) {
        return (id & SERVER_INITIATED) != 0;
    }

    static boolean isBidirectional(long id) {
        return (id & UNIDIRECTIONAL) == 0;
    }

    /** Its place among the streams of its kind, from 0. */
    static long index(long id) {
        return id >>> 2;
    }
}
