package dev.tern.relay.client;

/** When to try again: after 1 s, 2 s, 4 s and so on to 30 s. Not thread-safe. */
final class RetryTimer {
    private static final long FIRST_NS = 1_000_000_000L;
    private static final long LONGEST_NS = 30_000_000_000L;

    private long delayNs = FIRST_NS;
    private long deadlineNs = Long.MAX_VALUE;

    void start(long nowNs) {
        deadlineNs = nowNs + delayNs;
        delayNs = Math.min(2 * delayNs, LONGEST_NS);
    }

    void startAtOnce(long nowNs) {
        deadlineNs = nowNs;
    }

    void stop() {
        deadlineNs = Long.MAX_VALUE;
    }

    /** It worked: next time begins with the shortest delay. */
    void succeeded() {
        delayNs = FIRST_NS;
        stop();
    }

    long deadlineNs() {
        return deadlineNs;
    }

    boolean isDue(long nowNs) {
        return deadlineNs != Long.MAX_VALUE && nowNs - deadlineNs >= 0;
    }
}
