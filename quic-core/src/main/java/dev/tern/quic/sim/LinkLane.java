package dev.tern.quic.sim;

import java.util.random.RandomGenerator;

/**
 * One direction of a link: how long a datagram takes, or that it is lost. Delay, loss, reordering,
 * a rate with a drop-tail queue. Knows no packets, only lengths and the time, so that it shapes
 * real ones as well as simulated ones. A new lane is perfect.
 */
public final class LinkLane {
    /** What {@link #enter} says of a datagram that does not come out. */
    public static final long DROPPED = -1;

    private static final double NS_PER_SECOND = 1e9;

    private final RandomGenerator random;
    private long delayNs;
    private double lossProbability;
    private double reorderProbability;
    private long reorderDelayNs;
    private long bitsPerSecond;
    private long queueBytes;
    private boolean everBusy;
    private long busyUntilNs;

    public LinkLane(RandomGenerator random) {
        this.random = random;
    }

    /** The time from one end to the other. */
    public LinkLane delayNs(long newDelayNs) {
        delayNs = newDelayNs;
        return this;
    }

    public LinkLane loss(double probability) {
        lossProbability = probability;
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

    /**
     * A datagram enters.
     *
     * @return how long it takes to come out, in ns, or {@link #DROPPED}
     */
    public long enter(int lengthBytes, long nowNs) {
        if (happens(lossProbability)) {
            return DROPPED;
        }
        long queuedNs = enqueue(lengthBytes, nowNs);
        if (queuedNs < 0) {
            return DROPPED;
        }
        long totalNs = queuedNs + delayNs;
        return happens(reorderProbability) ? totalNs + reorderDelayNs : totalNs;
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
        busyUntilNs += (long) Math.ceil(lengthBytes * 8L * NS_PER_SECOND / bitsPerSecond);
        return busyUntilNs - nowNs;
    }
}
