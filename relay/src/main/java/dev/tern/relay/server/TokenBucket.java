package dev.tern.relay.server;

/** Lets through so many units a second on average, and a burst. Not thread-safe. */
final class TokenBucket {
    private static final long NS_PER_SECOND = 1_000_000_000L;

    /** Below it nothing overflows in a burst's worth of nanoseconds. */
    private static final long MAX_BURST = 1L << 32;

    private final long perSecond;
    private final long burst;
    private final long fillNs;
    private long tokens;
    private long lastNs;

    TokenBucket(long perSecond, long burst, long nowNs) {
        this.perSecond = perSecond;
        this.burst = Math.min(burst, MAX_BURST);
        this.fillNs = this.burst * NS_PER_SECOND / perSecond;
        this.tokens = this.burst;
        this.lastNs = nowNs;
    }

    /** Takes that many out, or none where there are fewer. */
    boolean take(long count, long nowNs) {
        refill(nowNs);
        if (count > tokens) {
            return false;
        }
        tokens -= count;
        return true;
    }

    private void refill(long nowNs) {
        long elapsedNs = nowNs - lastNs;
        if (elapsedNs >= fillNs) {
            tokens = burst;
            lastNs = nowNs;
            return;
        }
        long added = elapsedNs * perSecond / NS_PER_SECOND;
        if (added > 0) {
            tokens = Math.min(tokens + added, burst);
            // Only the time that made whole tokens is used up: frequent calls must not lose any.
            lastNs += added * NS_PER_SECOND / perSecond;
        }
    }
}
