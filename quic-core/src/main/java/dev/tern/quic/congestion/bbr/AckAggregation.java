package dev.tern.quic.congestion.bbr;

import java.util.Arrays;

/**
 * How much more than expected is acknowledged at once on paths that hold ACKs back: so much more
 * must be in flight (draft, "BBR.extra_acked").
 */
final class AckAggregation {
    /** ExtraAckedFilterLen. */
    private static final int ROUNDS = 10;

    private final double[] extraBytes = new double[ROUNDS];
    private boolean any;
    private long startNs;
    private double ackedBytes;
    private int round;

    /**
     * @param steady whether STARTUP is over: while the rate grows only the last round counts
     */
    void onAcked(
            long newlyAckedBytes,
            double bytesPerNs,
            double windowBytes,
            boolean roundStarted,
            boolean steady,
            long nowNs) {
        if (roundStarted) {
            beginRound(steady);
        }
        double expectedBytes = bytesPerNs * (nowNs - startNs);
        if (!any || ackedBytes <= expectedBytes) {
            any = true;
            ackedBytes = 0;
            startNs = nowNs;
            expectedBytes = 0;
        }
        ackedBytes += newlyAckedBytes;
        double extra = Math.min(ackedBytes - expectedBytes, windowBytes);
        extraBytes[round] = Math.max(extraBytes[round], extra);
    }

    private void beginRound(boolean steady) {
        double last = extraBytes[round];
        if (!steady) {
            Arrays.fill(extraBytes, 0);
            extraBytes[round] = last;
        }
        round = (round + 1) % ROUNDS;
        extraBytes[round] = 0;
    }

    /** Nothing was in flight. */
    void onIdle(long nowNs) {
        ackedBytes = 0;
        startNs = nowNs;
    }

    double extraBytes() {
        double most = 0;
        for (double each : extraBytes) {
            most = Math.max(most, each);
        }
        return most;
    }
}
