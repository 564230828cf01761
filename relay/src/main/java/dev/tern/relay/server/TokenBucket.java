package dev.tern.relay.server;

/** Lets through so many units a second on average, and a burst. Not thread-safe. */
final class TokenBucket {
    private static final long NS_PER_SECOND = 1_000_000_000L;

    /** Twice as much in billionths still fits a long. */
    private static final long MAX_BURST = 1L << 32;

    private final long perSecond;
    private final long burst;
    private final long fillNs;
    private long billionths;
    private long lastNs;

    TokenBucket(long perSecond, long burst, long nowNs) {
        this.perSecond = perSecond;
        this.burst = Math.min(burst, MAX_BURST);
        this.fillNs = this.burst * NS_PER_SECOND / perSecond;
        this.billionths = this.burst * NS_PER_SECOND;
        this.lastNs = nowNs;
    }

    /** Takes that many out, or none where there are fewer. */
    boolean take(long count, long nowNs) {
        long elapsedNs = nowNs - lastNs;
        lastNs = nowNs;
        long full = burst * NS_PER_SECOND;
        billionths = elapsedNs > fillNs ? full : Math.min(billionths + elapsedNs * perSecond, full);
        if (count > burst || count * NS_PER_SECOND > billionths) {
            return false;
        }
        billionths -= count * NS_PER_SECOND;
        return true;
    }
}
