package dev.tern.quic.sim;

import java.util.random.RandomGenerator;

/**
 * One direction of a link: how long a datagram takes, or that it is lost. Delay, jitter, single
 * losses and bursts of them, reordering, a rate with a drop-tail queue that marks congestion. Knows
 * no packets, only lengths and the time, so that it shapes real ones as well as simulated ones. A
 * new lane is perfect.
 */
public final class LinkLane {
    /** What {@link #enter} says of a datagram that does not come out. */
    public static final long DROPPED = -1;

    private static final double NS_PER_SECOND = 1e9;

    private final RandomGenerator random;
    private long delayNs;
    private long jitterNs;
    private double lossProbability;
    private double burstBegins;
    private double burstEnds;
    private boolean inBurst;
    private double reorderProbability;
    private long reorderDelayNs;
    private long bitsPerSecond;
    private long queueBytes;
    private long markAboveBytes = Long.MAX_VALUE;
    private boolean marks;
    private boolean everBusy;
    private long busyUntilNs;
    private boolean everOut;
    private long lastOutNs;

    public LinkLane(RandomGenerator random) {
        this.random = random;
    }

    /** The time from one end to the other. */
    public LinkLane delayNs(long newDelayNs) {
        delayNs = newDelayNs;
        return this;
    }

    /** Up to so much longer, each datagram another time; none overtakes another by it. */
    public LinkLane jitterNs(long newJitterNs) {
        jitterNs = newJitterNs;
        return this;
    }

    public LinkLane loss(double probability) {
        lossProbability = probability;
        return this;
    }

    /**
     * Loses datagrams in a row (the model of Gilbert): each may begin a burst, in which all are
     * lost, and each in a burst may end it.
     *
     * @param begins probability that a datagram outside of a burst is the first of one
     * @param ends probability that a datagram in a burst is the last of it
     */
    public LinkLane burstLoss(double begins, double ends) {
        burstBegins = begins;
        burstEnds = ends;
        return this;
    }

    /** Some datagrams take so much longer that others overtake them. */
    public LinkLane reorder(double probability, long extraDelayNs) {
        reorderProbability = probability;
        reorderDelayNs = extraDelayNs;
        return this;
    }

    /** Datagrams that find more than {@code newQueueBytes} waiting are dropped; rate 0 is none. */
    public LinkLane rate(long newBitsPerSecond, long newQueueBytes) {
        bitsPerSecond = newBitsPerSecond;
        queueBytes = newQueueBytes;
        return this;
    }

    /** Datagrams that find more than this waiting are to be marked (RFC 3168 §5). */
    public LinkLane markAbove(long waitingBytes) {
        markAboveBytes = waitingBytes;
        return this;
    }

    /**
     * A datagram enters.
     *
     * @return how long it takes to come out, in ns, or {@link #DROPPED}
     */
    public long enter(int lengthBytes, long nowNs) {
        marks = false;
        if (happens(lossProbability) || isInBurst()) {
            return DROPPED;
        }
        long queuedNs = enqueue(lengthBytes, nowNs);
        if (queuedNs < 0) {
            return DROPPED;
        }
        long totalNs = inOrder(queuedNs + delayNs, nowNs);
        return happens(reorderProbability) ? totalNs + reorderDelayNs : totalNs;
    }

    /** Whether the datagram that entered last is to be marked. */
    public boolean marks() {
        return marks;
    }

    private boolean isInBurst() {
        if (inBurst) {
            inBurst = !happens(burstEnds);
            return true;
        }
        inBurst = happens(burstBegins);
        return inBurst;
    }

    private long inOrder(long totalNs, long nowNs) {
        if (jitterNs == 0) {
            return totalNs;
        }
        long outNs = nowNs + totalNs + random.nextLong(jitterNs + 1);
        lastOutNs = everOut ? Math.max(outNs, lastOutNs) : outNs;
        everOut = true;
        return lastOutNs - nowNs;
    }

    private boolean happens(double probability) {
        // Drawn only where asked for, so that switching one fault off leaves the others' course.
        return probability > 0 && random.nextDouble() < probability;
    }

    /** How long until the datagram has left the queue, or -1 if the queue is full. */
    private long enqueue(int lengthBytes, long nowNs) {
        if (bitsPerSecond == 0) {
            return 0;
        }
        if (!everBusy || busyUntilNs - nowNs < 0) {
            everBusy = true;
            busyUntilNs = nowNs;
        }
        double waitingBytes = (busyUntilNs - nowNs) * (bitsPerSecond / 8.0) / NS_PER_SECOND;
        if (waitingBytes > queueBytes) {
            return -1;
        }
        marks = waitingBytes > markAboveBytes;
        busyUntilNs += (long) Math.ceil(lengthBytes * 8L * NS_PER_SECOND / bitsPerSecond);
        return busyUntilNs - nowNs;
    }
}
