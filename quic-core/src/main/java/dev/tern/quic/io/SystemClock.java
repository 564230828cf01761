package dev.tern.quic.io;

import org.agrona.concurrent.NanoClock;

/**
 * The machine's monotonic clock. It counts from the program's start, so that times are small
 * positive numbers and "never" is after all of them.
 */
public final class SystemClock implements NanoClock {
    private static final long ORIGIN_NS = System.nanoTime();

    @Override
    public long nanoTime() {
        return System.nanoTime() - ORIGIN_NS;
    }

    /** The time of day, milliseconds since 1970, for certificates and session tickets. */
    public static long timeOfDayMs() {
        return System.currentTimeMillis();
    }
}
