package dev.tern.quic.congestion.bbr;

import java.util.random.RandomGenerator;

/**
 * When PROBE_BW looks for more bandwidth, and how fast it then raises what may be in flight (draft,
 * "ProbeBW Algorithm Details").
 */
final class ProbeCycle {
    private static final long SHORTEST_WAIT_NS = 2_000_000_000L;
    private static final int LONGER_WAIT_NS = 1_000_000_000;

    /** Probes at least as often as Reno would fill such a window, to live beside it. */
    private static final int MAX_RENO_ROUNDS = 63;

    private static final int MAX_SLOPE = 30;

    private final RandomGenerator random;
    private long startNs;
    private long waitNs;
    private boolean stopping;
    private boolean tooHigh;
    private boolean cautious;
    private int slope;
    private double bytesADatagram = Double.POSITIVE_INFINITY;
    private double ackedBytes;

    ProbeCycle(RandomGenerator random) {
        this.random = random;
    }

    /** The cycle begins anew; returns how many rounds since the last probe to reckon with. */
    int startDown(long nowNs) {
        startNs = nowNs;
        waitNs = SHORTEST_WAIT_NS + random.nextInt(LONGER_WAIT_NS);
        bytesADatagram = Double.POSITIVE_INFINITY;
        stopping = true;
        return random.nextInt(2);
    }

    void startRefill() {
        slope = 0;
        ackedBytes = 0;
        cautious = false;
        stopping = false;
    }

    void startUp(double windowBytes, int datagramBytes) {
        stopping = false;
        steepen(windowBytes, datagramBytes);
    }

    /** A probe brought too many losses: the next one turns back where this one should have. */
    void onTooHigh() {
        tooHigh = true;
    }

    boolean isCautious() {
        return tooHigh;
    }

    /** The probe turned back before it could do harm. */
    void turnBack() {
        cautious = true;
    }

    /** A probe ends without too many losses so far. */
    void onSafe() {
        tooHigh = false;
    }

    /** Whether the probe that turned back did no harm: then another may follow at once. */
    boolean mayProbeAgain() {
        return cautious && !tooHigh;
    }

    /** A probe ends, if one is under way. */
    void stop() {
        stopping = true;
    }

    /** Whether the last ACKs of a probe have come by now: then its bandwidth is settled. */
    boolean onRoundStart() {
        boolean ended = stopping;
        stopping = false;
        return ended;
    }

    boolean isTimeToProbe(int roundsSinceProbe, double targetDatagrams, long nowNs) {
        return nowNs - startNs > waitNs
                || roundsSinceProbe >= Math.min(targetDatagrams, MAX_RENO_ROUNDS);
    }

    /** The growth doubles each round. */
    void steepen(double windowBytes, int datagramBytes) {
        bytesADatagram = Math.max(windowBytes / (1L << slope), datagramBytes);
        slope = Math.min(slope + 1, MAX_SLOPE);
    }

    /** By how many bytes more may be in flight, now that so many were acknowledged. */
    double growth(long newlyAckedBytes, int datagramBytes) {
        ackedBytes += newlyAckedBytes;
        double datagrams = Math.floor(ackedBytes / bytesADatagram);
        ackedBytes -= datagrams > 0 ? datagrams * bytesADatagram : 0;
        return datagrams * datagramBytes;
    }
}
