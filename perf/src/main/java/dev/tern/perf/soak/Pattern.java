package dev.tern.perf.soak;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Bytes that say at which offset of a stream they belong. */
final class Pattern {
    /** A prime, so that it fits no buffer, segment or packet: a displaced piece does not match. */
    private static final int PERIOD_BYTES = 65_521;

    private final byte[] twice = new byte[2 * PERIOD_BYTES];

    Pattern() {
        byte[] once = new byte[PERIOD_BYTES];
        new SplittableRandom(1).nextBytes(once);
        System.arraycopy(once, 0, twice, 0, PERIOD_BYTES);
        System.arraycopy(once, 0, twice, PERIOD_BYTES, PERIOD_BYTES);
    }

    /** The most that {@link #array} holds from any offset on. */
    static int maxBytes() {
        return PERIOD_BYTES;
    }

    /** Holds the bytes from a stream's offset at {@link #index}. */
    byte[] array() {
        return twice;
    }

    static int index(long streamOffset) {
        return (int) (streamOffset % PERIOD_BYTES);
    }

    /** Whether these are the bytes from that offset on. */
    boolean matches(long streamOffset, byte[] bytes, int from, int length) {
        int compared = 0;
        while (compared < length) {
            int part = Math.min(PERIOD_BYTES, length - compared);
            int index = index(streamOffset + compared);
            boolean equal =
                    Arrays.equals(
                            twice,
                            index,
                            index + part,
                            bytes,
                            from + compared,
                            from + compared + part);
            if (!equal) {
                return false;
            }
            compared += part;
        }
        return true;
    }
}
