package dev.tern.quic.congestion;

/**
 * Spreads a window over the round trip (RFC 9002 §7.7): a bucket that fills at {@code gain · window
 * / smoothed RTT} and holds one burst. Owned by one agent; not thread-safe.
 */
public final class Pacer {
    /** RFC 9002 §7.7 asks for a burst of no more than the initial window. */
    private static final int BURST_DATAGRAMS = 10;

    /** A path of which nothing is known yet gets a taste, not a burst. */
    private static final int UNPROVEN_BURST_DATAGRAMS = 4;

    /**
     * A burst is at least what the rate gives in this time: an agent that looks this seldom still
     * reaches the rate, however short the round trip.
     */
    private static final long GRANULARITY_NS = 1_000_000;

    /** The window doubles each round trip, so the rate must be able to. */
    private static final double SLOW_START_GAIN = 2.0;

    /** A little more than the window asks for, so that the window stays the limit (§7.7). */
    private static final double GAIN = 1.25;

    private static final double UNPROVEN_GAIN = 1.0;

    private int maxDatagramBytes;
    private double bytesPerNs;
    private double givenBytesPerNs;
    private double tokenBytes;
    private long refilledNs;
    private long windowBytes;
    private long smoothedRttNs;
    private boolean slowStart = true;
    private boolean unproven;

    public Pacer(int maxDatagramBytes, long windowBytes, long smoothedRttNs, long nowNs) {
        this.maxDatagramBytes = maxDatagramBytes;
        this.refilledNs = nowNs;
        update(windowBytes, smoothedRttNs, true);
        tokenBytes = burstBytes();
    }

    /** Window or round trip changed. */
    public void update(long newWindowBytes, long newSmoothedRttNs, boolean inSlowStart) {
        windowBytes = newWindowBytes;
        smoothedRttNs = newSmoothedRttNs;
        slowStart = inSlowStart;
        setRate();
    }

    /** The congestion controller sets the rate itself. */
    public void updateRate(double newBytesPerNs) {
        givenBytesPerNs = newBytesPerNs;
        setRate();
    }

    /** The path carries datagrams of another size. */
    public void datagramBytes(int bytes) {
        maxDatagramBytes = bytes;
        setRate();
    }

    /**
     * Whether the path is fresh after a switch and nothing sent on it was acknowledged yet: then
     * bulk leaves at the bare rate in bursts of four. Urgent messages need not ask the pacer.
     */
    public void setUnproven(boolean isUnproven) {
        unproven = isUnproven;
        setRate();
    }

    /** Whether a packet of this size may leave now. */
    public boolean canSend(int bytes, long nowNs) {
        refill(nowNs);
        return tokenBytes >= neededBytes(bytes);
    }

    /** A packet left, with or without {@link #canSend}. */
    public void onSent(int bytes, long nowNs) {
        refill(nowNs);
        // Packets that did not ask are paid back, but no more than a burst: else a long train of
        // urgent messages would stall what comes after it.
        tokenBytes = Math.max(tokenBytes - bytes, -burstBytes());
    }

    /** When {@link #canSend} will say yes: now, or later. */
    public long nextSendTimeNs(int bytes, long nowNs) {
        refill(nowNs);
        double missingBytes = neededBytes(bytes) - tokenBytes;
        if (missingBytes <= 0) {
            return nowNs;
        }
        // One more nanosecond than computed, so that rounding never leaves the bucket just short.
        return nowNs + (long) Math.ceil(missingBytes / bytesPerNs) + 1;
    }

    /** What the rate gives in such a time, in bytes. */
    public double bytesIn(long durationNs) {
        return bytesPerNs * durationNs;
    }

    private void refill(long nowNs) {
        long elapsedNs = nowNs - refilledNs;
        if (elapsedNs > 0) {
            tokenBytes = Math.min(tokenBytes + elapsedNs * bytesPerNs, burstBytes());
            refilledNs = nowNs;
        }
    }

    private double neededBytes(int bytes) {
        // A packet larger than the bucket waits for a full bucket, not for ever.
        return Math.min(bytes, burstBytes());
    }

    private void setRate() {
        double gain = unproven ? UNPROVEN_GAIN : slowStart ? SLOW_START_GAIN : GAIN;
        double windowRate = gain * windowBytes / Math.max(1, smoothedRttNs);
        bytesPerNs = givenBytesPerNs > 0 && !unproven ? givenBytesPerNs : windowRate;
        tokenBytes = Math.min(tokenBytes, burstBytes());
    }

    private double burstBytes() {
        return unproven
                ? UNPROVEN_BURST_DATAGRAMS * maxDatagramBytes
                : Math.max(BURST_DATAGRAMS * maxDatagramBytes, bytesPerNs * GRANULARITY_NS);
    }
}
