package dev.tern.peer;

import dev.tern.quic.path.Path;

/** Which of two working paths is better: the dialler decides for both (DESIGN §5, step 2). */
final class PathChoice {
    /**
     * A direct path is left for another only if that saves a third of the round trip: no chase for
     * microseconds.
     */
    private static final int HYSTERESIS_NUMERATOR = 2;

    private static final int HYSTERESIS_DENOMINATOR = 3;

    private PathChoice() {}

    static boolean isBetter(Path candidate, Path current) {
        if (candidate == current || candidate.isRelayed()) {
            return false;
        }
        if (current.isRelayed() || current.isAbandoned()) {
            return true;
        }
        return candidate.rtt().smoothedNs() * HYSTERESIS_DENOMINATOR
                < current.rtt().smoothedNs() * HYSTERESIS_NUMERATOR;
    }
}
