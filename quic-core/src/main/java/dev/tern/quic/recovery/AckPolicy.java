package dev.tern.quic.recovery;

/**
 * When arrivals are acknowledged: by RFC 9000 §13.2.2, unless the peer asked for something else
 * (draft-ietf-quic-ack-frequency, ACK_FREQUENCY).
 */
final class AckPolicy {
    /** RFC 9000 §13.2.2: every second packet. */
    private static final int DEFAULT_ELICITING_THRESHOLD = 1;

    private static final long DEFAULT_REORDERING_THRESHOLD = 1;

    /** What is asked for beyond it is no more than this: a window of 3 MB. */
    private static final long MAX_ELICITING_THRESHOLD = 2048;

    private long sequence = -1;
    private long elicitingThreshold = DEFAULT_ELICITING_THRESHOLD;
    private long reorderingThreshold = DEFAULT_REORDERING_THRESHOLD;
    private long maxDelayNs;
    private long toldOf = -1;

    AckPolicy(long maxDelayNs) {
        this.maxDelayNs = maxDelayNs;
    }

    /** The peer's wish; one that is older than the last was overtaken. */
    void onRequest(long requestSequence, long eliciting, long delayNs, long reordering) {
        if (requestSequence > sequence) {
            sequence = requestSequence;
            elicitingThreshold = Math.min(eliciting, MAX_ELICITING_THRESHOLD);
            maxDelayNs = delayNs;
            reorderingThreshold = reordering;
        }
    }

    long maxDelayNs() {
        return maxDelayNs;
    }

    /** Whether so many packets that ask for it are enough to acknowledge. */
    boolean isEnough(int ackEliciting) {
        return ackEliciting > elicitingThreshold;
    }

    /** By RFC 9000 §13.2.1: whether a packet is not the one after the largest before it. */
    boolean tellsOfReordering(long packetNumber, long largest) {
        return reorderingThreshold == 1 && packetNumber != largest + 1;
    }

    /**
     * By the peer's wish: whether a missing packet was overtaken by as many as it wants to hear of;
     * says so once for each.
     */
    boolean tellsOfGap(long missing, long largest) {
        boolean overdue = reorderingThreshold > 1 && largest - missing >= reorderingThreshold;
        if (!overdue || missing <= toldOf) {
            return false;
        }
        toldOf = missing;
        return true;
    }
}
