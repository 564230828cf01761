package dev.tern.quic.recovery;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Packet numbers that are left out on purpose: whoever acknowledges one acknowledges what it cannot
 * have received, to be sent more than the network carries (RFC 9000 §21.4). The gaps grow, so that
 * the few that are remembered always reach back over all that is in flight.
 */
public final class SkippedNumbers {
    /** A connection of a few packets skips one, too. */
    private static final int FIRST_GAP = 64;

    /** From 8 numbers this size on, a window of gigabytes lies within those remembered. */
    private static final int LARGEST_GAP = 1 << 17;

    private static final int REMEMBERED = 16;

    private final RandomGenerator random;
    private final long[] skipped = new long[REMEMBERED];
    private int count;
    private int gap = FIRST_GAP;
    private long next;

    public SkippedNumbers(RandomGenerator random) {
        this.random = random;
        Arrays.fill(skipped, -1);
        next = 1L + random.nextInt(FIRST_GAP);
    }

    /** Which number to use, if {@code candidate} is the next. */
    public long after(long candidate) {
        if (candidate < next) {
            return candidate;
        }
        skipped[count++ % REMEMBERED] = candidate;
        // At least as long as before on average, never so even that it could be foretold.
        next = candidate + 2 + gap / 2 + random.nextInt(gap);
        gap = Math.min(gap * 2, LARGEST_GAP);
        return candidate + 1;
    }

    /** Whether a number that was never used lies in a range, both ends included. */
    public boolean within(long smallest, long largest) {
        for (long number : skipped) {
            if (number >= smallest && number <= largest) {
                return true;
            }
        }
        return false;
    }
}
