package dev.tern.perf.compare;

/**
 * What one contestant did in one round.
 *
 * @param bytes of the application, as received
 * @param cpuNs of both processes
 */
record Sample(long bytes, long wallNs, long cpuNs) {
    private static final int BITS = 8;

    double gigabitsPerSecond() {
        return (double) bytes * BITS / Math.max(1, wallNs);
    }

    /** CPU-seconds for 10⁹ bytes, which is the same as ns for a byte. */
    double cpuSecondsPerGigabyte() {
        return (double) cpuNs / Math.max(1, bytes);
    }
}
