package dev.tern.quic.recovery;

/**
 * How far a packet may be overtaken before it counts as lost. Starts at RFC 9002's thresholds and
 * widens when packets that were declared lost arrive after all (RFC 9002 §6.1.1, §6.1.2; by RACK's
 * steps, RFC 8985 §6.2 step 4), so that a network which always reorders is not mistaken for a
 * congested one. Both are bounded: a real loss is noticed within two round trips. Owned by one
 * agent; not thread-safe.
 */
final class ReorderingTolerance {
    /** RFC 9002 §6.1.1, kPacketThreshold: counted in packets of this path. */
    static final int PACKET_THRESHOLD = 3;

    /** 1.2 MB overtaken; beyond it the time threshold alone decides. */
    static final int MAX_PACKET_THRESHOLD = 1024;

    /** RACK widens by quarters of a round trip, up to a whole one. */
    private static final int STEPS_A_ROUND_TRIP = 4;

    /** After so many reductions that were none too many the thresholds are RFC 9002's again. */
    private static final int PERSISTENCE_REDUCTIONS = 16;

    private int packets = PACKET_THRESHOLD;
    private int steps;
    private int reductionsLeft;

    /** How many later packets must have arrived. */
    int packets() {
        return packets;
    }

    /** How long after its expected acknowledgement a packet counts as lost. */
    long delayNs(RttEstimator rtt) {
        long delayNs = rtt.lossDelayNs();
        return steps == 0 ? delayNs : delayNs + rtt.smoothedNs() * steps / STEPS_A_ROUND_TRIP;
    }

    /**
     * A packet that was declared lost arrived.
     *
     * @param overtakenBy how many packets, at most
     * @param byTime whether the time threshold had declared it lost, rather than the other
     */
    void onSpuriousLoss(long overtakenBy, boolean byTime) {
        reductionsLeft = PERSISTENCE_REDUCTIONS;
        if (byTime) {
            steps = Math.min(steps + 1, STEPS_A_ROUND_TRIP);
        } else {
            long doubled = Math.min(2L * packets, overtakenBy + 1);
            packets = Math.clamp(doubled, packets, MAX_PACKET_THRESHOLD);
        }
    }

    /** The window was reduced for a loss. */
    void onReduction() {
        if (reductionsLeft > 0 && --reductionsLeft == 0) {
            packets = PACKET_THRESHOLD;
            steps = 0;
        }
    }
}
