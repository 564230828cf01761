package dev.tern.quic.recovery;

/** Round-trip time of one path (RFC 9002 §5). Owned by one agent; not thread-safe. */
public final class RttEstimator {
    /** RFC 9002 §6.2.2. */
    public static final long INITIAL_RTT_NS = 333_000_000L;

    /** RFC 9002 §6.1.2, kGranularity. */
    static final long GRANULARITY_NS = 1_000_000L;

    private boolean sampled;
    private long latestNs;
    private long minNs;
    private long smoothedNs = INITIAL_RTT_NS;
    private long variationNs = INITIAL_RTT_NS / 2;

    /**
     * A sample: the time from sending a packet to hearing its acknowledgement.
     *
     * @param ackDelayNs how long the peer says that it waited, already limited by max_ack_delay
     *     once the handshake is confirmed
     */
    public void onSample(long rttNs, long ackDelayNs) {
        latestNs = rttNs;
        if (!sampled) {
            sampled = true;
            minNs = rttNs;
            smoothedNs = rttNs;
            variationNs = rttNs / 2;
            return;
        }
        minNs = Math.min(minNs, rttNs);
        long adjustedNs = rttNs >= minNs + ackDelayNs ? rttNs - ackDelayNs : rttNs;
        variationNs = (3 * variationNs + Math.abs(smoothedNs - adjustedNs)) / 4;
        smoothedNs = (7 * smoothedNs + adjustedNs) / 8;
    }

    /**
     * A first guess for a path nobody has measured yet, until a sample replaces it: what another
     * path to the same peer takes.
     */
    public void assume(long rttNs) {
        if (!sampled) {
            smoothedNs = rttNs;
            variationNs = rttNs / 2;
        }
    }

    public boolean isSampled() {
        return sampled;
    }

    public long latestNs() {
        return latestNs;
    }

    public long minNs() {
        return sampled ? minNs : smoothedNs;
    }

    public long variationNs() {
        return variationNs;
    }

    public long smoothedNs() {
        return smoothedNs;
    }

    /** The probe timeout without back-off (RFC 9002 §6.2.1). */
    public long ptoNs(long maxAckDelayNs) {
        return smoothedNs + Math.max(4 * variationNs, GRANULARITY_NS) + maxAckDelayNs;
    }

    /**
     * How long after a later packet was acknowledged an earlier one counts as lost (RFC 9002
     * §6.1.2).
     */
    long lossDelayNs() {
        long longerNs = Math.max(sampled ? latestNs : smoothedNs, smoothedNs);
        return Math.max(longerNs + longerNs / 8, GRANULARITY_NS);
    }
}
