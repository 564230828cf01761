package dev.tern.quic.sim;

import java.util.function.LongPredicate;
import java.util.random.RandomGenerator;

/**
 * A link with faults, the same in both directions: loss, delay, reordering, duplicates, flipped
 * bytes, a rate with a drop-tail queue, an MTU. All can be changed while packets flow; what is on
 * its way already stays so. A new link is perfect.
 */
public final class SimLink implements SimElement {
    private static final double NS_PER_SECOND = 1e9;

    private final RandomGenerator random;
    private final Lane outbound = new Lane();
    private final Lane inbound = new Lane();
    private long delayNs;
    private double lossProbability;
    private double reorderProbability;
    private long reorderDelayNs;
    private double duplicateProbability;
    private double corruptProbability;
    private long bitsPerSecond;
    private long queueBytes;
    private int mtuBytes = Integer.MAX_VALUE;
    private boolean up = true;

    public SimLink(RandomGenerator random) {
        this.random = random;
    }

    /** The time from one end to the other. */
    public SimLink delayNs(long newDelayNs) {
        delayNs = newDelayNs;
        return this;
    }

    public SimLink loss(double probability) {
        lossProbability = probability;
        return this;
    }

    /** Some packets take so much longer that others overtake them. */
    public SimLink reorder(double probability, long extraDelayNs) {
        reorderProbability = probability;
        reorderDelayNs = extraDelayNs;
        return this;
    }

    public SimLink duplicate(double probability) {
        duplicateProbability = probability;
        return this;
    }

    /** One byte of the payload is changed. */
    public SimLink corrupt(double probability) {
        corruptProbability = probability;
        return this;
    }

    /** Packets that find more than {@code newQueueBytes} waiting are dropped. */
    public SimLink rate(long newBitsPerSecond, long newQueueBytes) {
        bitsPerSecond = newBitsPerSecond;
        queueBytes = newQueueBytes;
        return this;
    }

    /** Larger UDP payloads are dropped without a word. */
    public SimLink mtuBytes(int newMtuBytes) {
        mtuBytes = newMtuBytes;
        return this;
    }

    /** A link that is down drops what enters it. */
    public SimLink up(boolean isUp) {
        up = isUp;
        return this;
    }

    /** Drops the datagrams from the hosts' side whose number, from 0, is chosen. */
    public SimLink dropOutbound(LongPredicate byIndex) {
        outbound.drop = byIndex;
        return this;
    }

    /** Drops the datagrams from the core's side whose number, from 0, is chosen. */
    public SimLink dropInbound(LongPredicate byIndex) {
        inbound.drop = byIndex;
        return this;
    }

    @Override
    public void onOutbound(SimPacket packet, long nowNs, SimExit exit) {
        pass(outbound, packet, nowNs, exit::outward);
    }

    @Override
    public void onInbound(SimPacket packet, long nowNs, SimExit exit) {
        pass(inbound, packet, nowNs, exit::inward);
    }

    private void pass(Lane lane, SimPacket packet, long nowNs, Way way) {
        long index = lane.datagrams++;
        boolean dropped =
                !up
                        || packet.length() > mtuBytes
                        || lane.drop.test(index)
                        || happens(lossProbability);
        if (dropped) {
            return;
        }
        long queuedNs = lane.enqueue(packet.length(), nowNs);
        if (queuedNs < 0) {
            return;
        }
        long totalNs = queuedNs + delayNs;
        if (happens(reorderProbability)) {
            totalNs += reorderDelayNs;
        }
        SimPacket passed = happens(corruptProbability) ? corrupted(packet) : packet;
        way.forward(passed, totalNs);
        if (happens(duplicateProbability)) {
            way.forward(passed, totalNs);
        }
    }

    private boolean happens(double probability) {
        // Drawn only where asked for, so that switching one fault off leaves the others' course.
        return probability > 0 && random.nextDouble() < probability;
    }

    private SimPacket corrupted(SimPacket packet) {
        if (packet.length() == 0) {
            return packet;
        }
        byte[] payload = packet.payload();
        payload[random.nextInt(payload.length)] ^= (byte) (1 + random.nextInt(255));
        return new SimPacket(packet.from(), packet.to(), payload, packet.ecn());
    }

    @FunctionalInterface
    private interface Way {
        void forward(SimPacket packet, long delayNs);
    }

    /** One direction: how many datagrams entered, and until when the line is busy. */
    private final class Lane {
        private LongPredicate drop = index -> false;
        private long datagrams;
        private boolean everBusy;
        private long busyUntilNs;

        /** How long until the packet has left the queue, or -1 if the queue is full. */
        long enqueue(int lengthBytes, long nowNs) {
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
}
