package dev.tern.quic.congestion.bbr;

/** The round trip without a queue, and when to look for it again (draft, "BBR.min_rtt"). */
final class MinRtt {
    /** MinRTTFilterLen. */
    private static final long FILTER_NS = 10_000_000_000L;

    /** ProbeRTTInterval. */
    private static final long PROBE_INTERVAL_NS = 5_000_000_000L;

    static final long UNKNOWN = Long.MAX_VALUE;

    private long minNs = UNKNOWN;
    private long minStampNs;
    private long probeMinNs = UNKNOWN;
    private long probeStampNs;
    private boolean probeExpired;

    void onSample(long rttNs, long nowNs) {
        probeExpired = probeMinNs != UNKNOWN && nowNs - probeStampNs > PROBE_INTERVAL_NS;
        if (rttNs < probeMinNs || probeExpired) {
            probeMinNs = rttNs;
            probeStampNs = nowNs;
        }
        boolean minExpired = minNs != UNKNOWN && nowNs - minStampNs > FILTER_NS;
        if (probeMinNs < minNs || minExpired) {
            minNs = probeMinNs;
            minStampNs = probeStampNs;
        }
    }

    /** It is another network now. */
    void forget() {
        minNs = UNKNOWN;
        probeMinNs = UNKNOWN;
        probeExpired = false;
    }

    long ns() {
        return minNs;
    }

    boolean isKnown() {
        return minNs != UNKNOWN;
    }

    /** Whether it was not seen for so long that the queue must be emptied to see it. */
    boolean wantsProbe() {
        return probeExpired;
    }

    /** It was looked for just now. */
    void onProbed(long nowNs) {
        probeExpired = false;
        probeStampNs = nowNs;
    }
}
