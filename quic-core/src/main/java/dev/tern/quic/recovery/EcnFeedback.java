package dev.tern.quic.recovery;

/**
 * What the peer reports of ECN marks in one packet number space, compared with what was sent (RFC
 * 9000 §13.4.2). Owned by one agent; not thread-safe.
 */
public final class EcnFeedback {
    /** What an ACK frame says of the marks. */
    public enum Verdict {
        /** Nothing new. */
        NONE,
        /** The marks arrive. */
        VALID,
        /** They arrive, and some were changed to CE. */
        CONGESTED,
        /** They are removed, changed, or not reported: not to be used (§13.4.2.1). */
        INVALID
    }

    private long sentMarked;
    private long ect0;
    private long ce;
    private long largestAcked = -1;

    /** A packet of this space leaves with ECT(0). */
    public void onMarkedSent() {
        sentMarked++;
    }

    /**
     * An ACK frame was read.
     *
     * @param newEct0 as the frame says, or -1 where it has no counts; the next two, too
     * @param newlyAckedMarked how many of the packets newly acknowledged were sent with ECT(0)
     */
    public Verdict onAck(
            long largest, long newEct0, long newEct1, long newCe, long newlyAckedMarked) {
        if (largest <= largestAcked) {
            return Verdict.NONE; // reordered ACKs must not fail the path (§13.4.2.1)
        }
        largestAcked = largest;
        if (newEct0 < 0) {
            return newlyAckedMarked > 0 ? Verdict.INVALID : Verdict.NONE;
        }
        long grownEct0 = newEct0 - ect0;
        long grownCe = newCe - ce;
        ect0 = newEct0;
        ce = newCe;
        boolean possible =
                grownEct0 >= 0
                        && grownCe >= 0
                        && newEct1 == 0
                        && newEct0 <= sentMarked
                        && newCe <= sentMarked - newEct0;
        if (!possible || grownEct0 + grownCe < newlyAckedMarked) {
            return Verdict.INVALID;
        }
        if (newlyAckedMarked == 0) {
            return Verdict.NONE;
        }
        return grownCe > 0 ? Verdict.CONGESTED : Verdict.VALID;
    }
}
