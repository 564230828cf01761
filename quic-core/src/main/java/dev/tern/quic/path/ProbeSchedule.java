package dev.tern.quic.path;

/**
 * When the challenges of one validation leave: at once, then at intervals that grow by half: few
 * enough packets for a dead path, quick enough for a punch. Whoever must know beforehand what a
 * probe costs asks here.
 */
public final class ProbeSchedule {
    private static final int GROWTH_NUMERATOR = 3;
    private static final int GROWTH_DENOMINATOR = 2;

    static long nextIntervalNs(long intervalNs) {
        return intervalNs * GROWTH_NUMERATOR / GROWTH_DENOMINATOR;
    }

    /**
     * How many challenges leave if none is answered.
     *
     * @param firstIntervalNs from the first to the second, more than 0
     */
    public static int challengesWithin(long firstIntervalNs, long durationNs) {
        int challenges = 1;
        long intervalNs = firstIntervalNs;
        for (long atNs = intervalNs; atNs <= durationNs; atNs += intervalNs) {
            challenges++;
            intervalNs = nextIntervalNs(intervalNs);
        }
        return challenges;
    }

    private ProbeSchedule() {}
}
