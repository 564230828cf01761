package dev.tern.fuzz.sim;

/** Reads stream IDs by the book (RFC 9000 §2.1), not by the code that the rules watch. */
final class StreamId {
    private static final int SERVER_BIT = 1;
    private static final int UNIDIRECTIONAL_BIT = 2;

    private StreamId() {}

    static long of(long index, boolean byServer, boolean bidirectional) {
        return index << 2 | (bidirectional ? 0 : UNIDIRECTIONAL_BIT) | (byServer ? SERVER_BIT : 0);
    }

    static boolean isServerInitiated(long id) {
        return (id & SERVER_BIT) != 0;
    }

    static boolean isBidirectional(long id) {
        return (id & UNIDIRECTIONAL_BIT) == 0;
    }

    static long index(long id) {
        return id >>> 2;
    }
}
