package dev.tern.perf.compare;

/**
 * What one contestant did in one round.
 *
 * @param count of the application's bytes as received, of handshakes, or of round trips
 * @param cpuNs of both processes
 * @param medianNs that half of the round trips took at most; 0 where none were timed
 */
record Sample(long count, long wallNs, long cpuNs, long medianNs) {
    private static final int BITS = 8;
    private static final double NS_PER_SECOND = 1e9;
    private static final double NS_PER_US = 1e3;

    double gigabitsPerSecond() {
        return (double) count * BITS / Math.max(1, wallNs);
    }

    /** CPU-seconds for 10⁹ bytes, which is the same as ns for a byte. */
    double cpuSecondsPerGigabyte() {
        return (double) cpuNs / Math.max(1, count);
    }

    double perSecond() {
        return count * NS_PER_SECOND / Math.max(1, wallNs);
    }

    double perCpuSecond() {
        return count * NS_PER_SECOND / Math.max(1, cpuNs);
    }

    double cpuMicrosecondsForEach() {
        return cpuNs / NS_PER_US / Math.max(1, count);
    }

    double medianMicroseconds() {
        return medianNs / NS_PER_US;
    }
}
