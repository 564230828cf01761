package dev.tern.quic.congestion;

/** The windows that every controller starts from and never falls below (RFC 9002 §7.2). */
record WindowBounds(int maxDatagramBytes) {
    private static final int INITIAL_BYTES = 14_720;

    /** kInitialWindow. */
    long initialBytes() {
        return Math.min(10L * maxDatagramBytes, Math.max(2L * maxDatagramBytes, INITIAL_BYTES));
    }

    /** kMinimumWindow. */
    long minimumBytes() {
        return 2L * maxDatagramBytes;
    }
}
