package dev.tern.quic.sim;

import java.util.function.Consumer;

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

    private LinkProfile with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.profile();
    }

    /** The same delay and limits, but nothing lost, changed, repeated or out of order. */
    public LinkProfile withoutFaults() {
        return loss(0).burstLoss(0, 1).reorder(0, 0).mangle(0, 0);
    }

    public LinkProfile delay(long newDelayNs, long newJitterNs) {
        return with(
                draft -> {
                    draft.delayNs = newDelayNs;
                    draft.jitterNs = newJitterNs;
                });
    }

    /** Single losses. */
    public LinkProfile loss(double probability) {
        return with(draft -> draft.loss = probability);
    }

    /** Losses in a row. */
    public LinkProfile burstLoss(double begins, double ends) {
        return with(
                draft -> {
                    draft.burstBegins = begins;
                    draft.burstEnds = ends;
                });
    }

    public LinkProfile reorder(double probability, long extraDelayNs) {
        return with(
                draft -> {
                    draft.reorder = probability;
                    draft.reorderDelayNs = extraDelayNs;
                });
    }

    /** Datagrams that arrive twice, and such with a changed byte. */
    public LinkProfile mangle(double duplicateProbability, double corruptProbability) {
        return with(
                draft -> {
                    draft.duplicate = duplicateProbability;
                    draft.corrupt = corruptProbability;
                });
    }

    public LinkProfile rate(long newBitsPerSecond, long newQueueBytes, long newMarkAboveBytes) {
        return with(
                draft -> {
                    draft.bitsPerSecond = newBitsPerSecond;
                    draft.queueBytes = newQueueBytes;
                    draft.markAboveBytes = newMarkAboveBytes;
                });
    }

    public LinkProfile mtuBytes(int newMtuBytes) {
        return with(draft -> draft.mtuBytes = newMtuBytes);
    }

    /** A profile that is being changed. */
    private static final class Draft {
        long delayNs;
        long jitterNs;
        double loss;
        double burstBegins;
        double burstEnds;
        double reorder;
        long reorderDelayNs;
        double duplicate;
        double corrupt;
        long bitsPerSecond;
        long queueBytes;
        long markAboveBytes;
        int mtuBytes;

        Draft(LinkProfile from) {
            delayNs = from.delayNs;
            jitterNs = from.jitterNs;
            loss = from.loss;
            burstBegins = from.burstBegins;
            burstEnds = from.burstEnds;
            reorder = from.reorder;
            reorderDelayNs = from.reorderDelayNs;
            duplicate = from.duplicate;
            corrupt = from.corrupt;
            bitsPerSecond = from.bitsPerSecond;
            queueBytes = from.queueBytes;
            markAboveBytes = from.markAboveBytes;
            mtuBytes = from.mtuBytes;
        }

        LinkProfile profile() {
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
                    mtuBytes);
        }
    }
}
