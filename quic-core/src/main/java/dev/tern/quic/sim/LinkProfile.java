package dev.tern.quic.sim;

import java.util.function.Consumer;

/**
 * How good or bad a {@link SimLink} is, in either direction. A value: each method with arguments
 * returns another profile.
 */
public final class LinkProfile {
    /** No delay, no fault, no limit. */
    public static final LinkProfile PERFECT = new LinkProfile();

    private long delayNs;
    private long jitterNs;
    private double loss;
    private double burstBegins;
    private double burstEnds = 1;
    private double reorder;
    private long reorderDelayNs;
    private double duplicate;
    private double corrupt;
    private long bitsPerSecond;
    private long queueBytes;
    private long markAboveBytes = Long.MAX_VALUE;
    private int mtuBytes = Integer.MAX_VALUE;

    private LinkProfile() {}

    private LinkProfile with(Consumer<LinkProfile> change) {
        LinkProfile copy = new LinkProfile();
        copy.delayNs = delayNs;
        copy.jitterNs = jitterNs;
        copy.loss = loss;
        copy.burstBegins = burstBegins;
        copy.burstEnds = burstEnds;
        copy.reorder = reorder;
        copy.reorderDelayNs = reorderDelayNs;
        copy.duplicate = duplicate;
        copy.corrupt = corrupt;
        copy.bitsPerSecond = bitsPerSecond;
        copy.queueBytes = queueBytes;
        copy.markAboveBytes = markAboveBytes;
        copy.mtuBytes = mtuBytes;
        change.accept(copy);
        return copy;
    }

    /** The same delay and limits, but nothing lost, changed, repeated or out of order. */
    public LinkProfile withoutFaults() {
        return loss(0).burstLoss(0, 1).reorder(0, 0).mangle(0, 0);
    }

    public LinkProfile delay(long newDelayNs, long newJitterNs) {
        return with(
                copy -> {
                    copy.delayNs = newDelayNs;
                    copy.jitterNs = newJitterNs;
                });
    }

    /** Single losses. */
    public LinkProfile loss(double probability) {
        return with(
                copy -> {
                    copy.loss = probability;
                });
    }

    /** Losses in a row. */
    public LinkProfile burstLoss(double begins, double ends) {
        return with(
                copy -> {
                    copy.burstBegins = begins;
                    copy.burstEnds = ends;
                });
    }

    public LinkProfile reorder(double probability, long extraDelayNs) {
        return with(
                copy -> {
                    copy.reorder = probability;
                    copy.reorderDelayNs = extraDelayNs;
                });
    }

    /** Datagrams that arrive twice, and such with a changed byte. */
    public LinkProfile mangle(double duplicateProbability, double corruptProbability) {
        return with(
                copy -> {
                    copy.duplicate = duplicateProbability;
                    copy.corrupt = corruptProbability;
                });
    }

    public LinkProfile rate(long newBitsPerSecond, long newQueueBytes, long newMarkAboveBytes) {
        return with(
                copy -> {
                    copy.bitsPerSecond = newBitsPerSecond;
                    copy.queueBytes = newQueueBytes;
                    copy.markAboveBytes = newMarkAboveBytes;
                });
    }

    public LinkProfile mtuBytes(int newMtuBytes) {
        return with(
                copy -> {
                    copy.mtuBytes = newMtuBytes;
                });
    }

    /** The time from one end to the other. */
    public long delayNs() {
        return delayNs;
    }

    /** Up to so much longer, in order. */
    public long jitterNs() {
        return jitterNs;
    }

    /** Probability that a datagram is lost. */
    public double loss() {
        return loss;
    }

    /** Probability that a datagram is the first of some that are all lost. */
    public double burstBegins() {
        return burstBegins;
    }

    /** Probability that a lost one is the last of these. */
    public double burstEnds() {
        return burstEnds;
    }

    /** Probability that a datagram takes {@code reorderDelayNs} longer. */
    public double reorder() {
        return reorder;
    }

    /** How much others may then overtake it. */
    public long reorderDelayNs() {
        return reorderDelayNs;
    }

    /** Probability that a datagram arrives twice. */
    public double duplicate() {
        return duplicate;
    }

    /** Probability that one byte is changed. */
    public double corrupt() {
        return corrupt;
    }

    /** 0 for no limit. */
    public long bitsPerSecond() {
        return bitsPerSecond;
    }

    /** How much may wait where there is a rate. */
    public long queueBytes() {
        return queueBytes;
    }

    /** From how much waiting on ECN-capable datagrams are marked. */
    public long markAboveBytes() {
        return markAboveBytes;
    }

    /** Larger UDP payloads are dropped. */
    public int mtuBytes() {
        return mtuBytes;
    }
}
