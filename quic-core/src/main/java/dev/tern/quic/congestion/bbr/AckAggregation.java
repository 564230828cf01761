package dev.tern.quic.congestion.bbr;

/**
 * How much more than expected is acknowledged at once on paths that hold ACKs back: so much more
 * must be in flight (draft, "BBRUpdateACKAggregation").
 */
final class AckAggregation {
    /** BBRExtraAckedFilterLen is 10 rounds: this and the last five. */
    private static final int ROUNDS = 5;

    private final RecentMax extraBytes = new RecentMax();
    private boolean any;
    private long startNs;
    private double ackedBytes;
    private int rounds;

    void onAcked(
            long newlyAckedBytes,
            double bytesPerNs,
            double windowBytes,
            boolean roundStarted,
            long nowNs) {
        if (roundStarted && ++rounds == ROUNDS) {
            rounds = 0;
            extraBytes.advance();
        }
        double expectedBytes = bytesPerNs * (nowNs - startNs);
        if (!any || ackedBytes <= expectedBytes) {
            any = true;
            ackedBytes = 0;
            startNs = nowNs;
            expectedBytes = 0;
        }
        ackedBytes += newlyAckedBytes;
        extraBytes.add(Math.min(ackedBytes - expectedBytes, windowBytes));
    }

    /** Nothing was in flight. */
    void onIdle(long nowNs) {
        ackedBytes = 0;
        startNs = nowNs;
    }

    double extraBytes() {
        return extraBytes.value();
    }
}
