package dev.tern.nat.punch;

import java.util.random.RandomGenerator;

/**
 * When rounds come: 0, 0.5, 1, 2, 5, 10 and 30 s after the start, then every 30 s. A little jitter
 * keeps two peers that started together from staying in step when that does not help.
 */
final class RoundTimes {
    private static final long MS = 1_000_000L;
    private static final long[] DELAYS_NS = {
        500 * MS, 500 * MS, 1_000 * MS, 3_000 * MS, 5_000 * MS, 20_000 * MS, 30_000 * MS
    };
    private static final double JITTER = 0.1;

    private final RandomGenerator random;
    private int passed;

    RoundTimes(RandomGenerator random) {
        this.random = random;
    }

    void restart() {
        passed = 0;
    }

    /** From one round to the next. */
    long nextDelayNs() {
        long delayNs = DELAYS_NS[Math.min(passed, DELAYS_NS.length - 1)];
        passed++;
        return delayNs + (long) (delayNs * JITTER * random.nextDouble());
    }
}
