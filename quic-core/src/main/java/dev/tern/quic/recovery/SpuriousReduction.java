package dev.tern.quic.recovery;

/**
 * Which losses the last reduction of the window was for: when all of those packets turn out to be
 * late, the reduction was a mistake. Owned by one agent; not thread-safe.
 */
final class SpuriousReduction {
    private int detection;
    private int undoableFrom = 1;
    private int lostInReduction;

    /** Losses are looked for: the number to mark those with that are found. */
    int nextDetection() {
        return ++detection;
    }

    /**
     * So many were found.
     *
     * @param reduced whether the window was reduced for them, rather than for others before
     */
    void onLosses(int lost, boolean reduced) {
        if (reduced) {
            undoableFrom = detection;
            lostInReduction = lost;
        } else if (lostInReduction > 0) {
            // Of a congestion that was answered already: judged together with it.
            lostInReduction += lost;
        }
    }

    /** The window was reduced for something else: losses before it count no more. */
    void forget() {
        lostInReduction = 0;
    }

    /** A packet declared lost was late; returns whether that makes the reduction a mistake. */
    boolean onLate(SentPacket packet) {
        boolean ofReduction = packet.detection - undoableFrom >= 0 && lostInReduction > 0;
        return ofReduction && --lostInReduction == 0;
    }
}
