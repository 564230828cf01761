package dev.tern.quic.sim;

/**
 * How good or bad a {@link SimLink} is, in either direction. A value: each method but the accessors
 * returns another profile.
 *
 * @param delayNs the time from one end to the other
 * @param jitterNs up to so much longer, in order
 * @param loss probability that a datagram is lost
 * @param burstBegins probability that a datagram is the first of some that are all lost
 * @param burstEnds probability that a lost one is the last of these
 * @param reorder probability that a datagram takes {@code reorderDelayNs} longer
 * @param reorderDelayNs how much others may then overtake it
 * @param duplicate probability that a datagram arrives twice
 * @param corrupt probability that one byte is changed
 * @param bitsPerSecond 0 for no limit
 * @param queueBytes how much may wait where there is a rate
 * @param markAboveBytes from how much waiting on ECN-capable datagrams are marked
 * @param mtuBytes larger UDP payloads are dropped
 */
public record LinkProfile(
        long delayNs,
        long jitterNs,
        double loss,
        double burstBegins,
        double burstEnds,
        double reorder,
        long reorderDelayNs,
        double duplicate,
        double corrupt,
        long bitsPerSecond,
        long queueBytes,
        long markAboveBytes,
        int mtuBytes) {
    /** No delay, no fault, no limit. */
    public static final LinkProfile PERFECT =
            new LinkProfile(0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, Long.MAX_VALUE, Integer.MAX_VALUE);

    /** The same delay and limits, but nothing lost, changed, repeated or out of order. */
    public LinkProfile withoutFaults() {
        return new LinkProfile(
                delayNs,
                jitterNs,
                0,
                0,
                1,
                0,
                0,
                0,
                0,
                bitsPerSecond,
                queueBytes,
                markAboveBytes,
                mtuBytes);
    }

    public LinkProfile delay(long newDelayNs, long newJitterNs) {
        return new LinkProfile(
                newDelayNs,
                newJitterNs,
                loss,
                burstBegins,
                burstEnds,
                reorder,
                reorderDelayNs,
                duplicate,
                corrupt,
                bitsPerSecond,
                queueBytes,
                markAboveBytes,
                mtuBytes);
    }

    /** Single losses. */
    public LinkProfile loss(double probability) {
        return new LinkProfile(
                delayNs,
                jitterNs,
                probability,
                burstBegins,
                burstEnds,
                reorder,
                reorderDelayNs,
                duplicate,
                corrupt,
                bitsPerSecond,
                queueBytes,
                markAboveBytes,
                mtuBytes);
    }

    /** Losses in a row. */
    public LinkProfile burstLoss(double begins, double ends) {
        return new LinkProfile(
                delayNs,
                jitterNs,
                loss,
                begins,
                ends,
                reorder,
                reorderDelayNs,
                duplicate,
                corrupt,
                bitsPerSecond,
                queueBytes,
                markAboveBytes,
                mtuBytes);
    }

    public LinkProfile reorder(double probability, long extraDelayNs) {
        return new LinkProfile(
                delayNs,
                jitterNs,
                loss,
                burstBegins,
                burstEnds,
                probability,
                extraDelayNs,
                duplicate,
                corrupt,
                bitsPerSecond,
                queueBytes,
                markAboveBytes,
                mtuBytes);
    }

    /** Datagrams that arrive twice, and such with a changed byte. */
    public LinkProfile mangle(double duplicateProbability, double corruptProbability) {
        return new LinkProfile(
                delayNs,
                jitterNs,
                loss,
                burstBegins,
                burstEnds,
                reorder,
                reorderDelayNs,
                duplicateProbability,
                corruptProbability,
                bitsPerSecond,
                queueBytes,
                markAboveBytes,
                mtuBytes);
    }

    public LinkProfile rate(long newBitsPerSecond, long newQueueBytes, long newMarkAboveBytes) {
        return new LinkProfile(
                delayNs,
                jitterNs,
                loss,
                burstBegins,
                burstEnds,
                reorder,
                reorderDelayNs,
                duplicate,
                corrupt,
                newBitsPerSecond,
                newQueueBytes,
                newMarkAboveBytes,
                mtuBytes);
    }

    public LinkProfile mtuBytes(int newMtuBytes) {
        return new LinkProfile(
                delayNs,
                jitterNs,
                loss,
                burstBegins,
                burstEnds,
                reorder,
                reorderDelayNs,
                duplicate,
                corrupt,
                bitsPerSecond,
                queueBytes,
                markAboveBytes,
                newMtuBytes);
    }
}
