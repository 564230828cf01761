package dev.tern.quic.sim;

import java.util.function.LongPredicate;
import java.util.random.RandomGenerator;

/**
 * A link with faults, the same in both directions: those of {@link LinkProfile}, and datagrams that
 * are dropped by number. All can be changed while packets flow; what is on its way already stays
 * so. A new link is perfect.
 */
public final class SimLink implements SimElement {
    private static final int ECN_CAPABLE_1 = 1;
    private static final int ECN_CAPABLE_0 = 2;
    private static final int CONGESTION_EXPERIENCED = 3;

    private final RandomGenerator random;
    private final Lane outbound;
    private final Lane inbound;
    private double duplicateProbability;
    private double corruptProbability;
    private int mtuBytes = Integer.MAX_VALUE;
    private boolean up = true;

    public SimLink(RandomGenerator random) {
        this.random = random;
        outbound = new Lane(random);
        inbound = new Lane(random);
    }

    /** Takes over all of a profile. */
    public SimLink profile(LinkProfile profile) {
        for (Lane lane : new Lane[] {outbound, inbound}) {
            lane.shape
                    .delayNs(profile.delayNs())
                    .jitterNs(profile.jitterNs())
                    .loss(profile.loss())
                    .burstLoss(profile.burstBegins(), profile.burstEnds())
                    .reorder(profile.reorder(), profile.reorderDelayNs())
                    .rate(profile.bitsPerSecond(), profile.queueBytes())
                    .markAbove(profile.markAboveBytes());
        }
        return duplicate(profile.duplicate())
                .corrupt(profile.corrupt())
                .mtuBytes(profile.mtuBytes());
    }

    /** The time from one end to the other. */
    public SimLink delayNs(long newDelayNs) {
        outbound.shape.delayNs(newDelayNs);
        inbound.shape.delayNs(newDelayNs);
        return this;
    }

    public SimLink loss(double probability) {
        outbound.shape.loss(probability);
        inbound.shape.loss(probability);
        return this;
    }

    /** Some packets take so much longer that others overtake them. */
    public SimLink reorder(double probability, long extraDelayNs) {
        outbound.shape.reorder(probability, extraDelayNs);
        inbound.shape.reorder(probability, extraDelayNs);
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
        outbound.shape.rate(newBitsPerSecond, newQueueBytes);
        inbound.shape.rate(newBitsPerSecond, newQueueBytes);
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
        if (!up || packet.length() > mtuBytes || lane.drop.test(index)) {
            return;
        }
        long totalNs = lane.shape.enter(packet.length(), nowNs);
        if (totalNs == LinkLane.DROPPED) {
            return;
        }
        SimPacket passed = happens(corruptProbability) ? corrupted(packet) : packet;
        if (lane.shape.marks() && isEcnCapable(packet)) {
            passed = passed.withEcn(CONGESTION_EXPERIENCED);
        }
        way.forward(passed, totalNs);
        if (happens(duplicateProbability)) {
            way.forward(passed, totalNs);
        }
    }

    private boolean happens(double probability) {
        // Drawn only where asked for, so that switching one fault off leaves the others' course.
        return probability > 0 && random.nextDouble() < probability;
    }

    private static boolean isEcnCapable(SimPacket packet) {
        return packet.ecn() == ECN_CAPABLE_0 || packet.ecn() == ECN_CAPABLE_1;
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

    /** One direction, and how many datagrams entered it. */
    private static final class Lane {
        private final LinkLane shape;
        private LongPredicate drop = index -> false;
        private long datagrams;

        Lane(RandomGenerator random) {
            shape = new LinkLane(random);
        }
    }
}
