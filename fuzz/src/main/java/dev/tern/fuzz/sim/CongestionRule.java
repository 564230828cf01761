package dev.tern.fuzz.sim;

import dev.tern.quic.congestion.CongestionController;
import dev.tern.quic.congestion.ForwardingController;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * No more is in flight than the congestion window allows, but for probes (RFC 9002 §7), and a loss
 * makes it smaller (§7.3.2).
 */
final class CongestionRule extends Rule {
    private static final int PACKETS_PER_PROBE = 2;
    private static final int MIN_WINDOW_BYTES = 2 * 1500;
    private static final double MOST_LEFT = 0.75;

    private final Counters counters;
    private final Map<Long, ObservedPacket> marked = new HashMap<>();
    private Watched first;
    private int controllers;
    private long mostMarked;
    private long largestAcked = -1;
    private long mustYieldForNs = Long.MIN_VALUE;
    private boolean shakesHands;
    private long excess;
    private long allowance = PACKETS_PER_PROBE;

    CongestionRule(Party party, Counters counters) {
        super("congestion", party);
        this.counters = counters;
    }

    /**
     * A probe timeout allows two packets, during the handshake in each of two packet number spaces
     * (RFC 9002 §6.2.4).
     */
    void onProbeTimeout() {
        allowance += shakesHands ? 2 * PACKETS_PER_PROBE : PACKETS_PER_PROBE;
        shakesHands = false;
    }

    /** A controller that tells this rule what happens to it. */
    CongestionController watch(Congestion congestion, RandomGenerator random) {
        Watched watched = new Watched(congestion.controller(random), congestion.yieldsToLoss());
        if (controllers++ == 0) {
            first = watched;
        }
        return watched;
    }

    @Override
    void onDelivered(ObservedPacket packet, Delivery delivery) {
        for (ObservedFrame frame : packet.frames()) {
            if (packet.isOneRtt() && frame instanceof ObservedFrame.Ack ack) {
                onAck(ack, delivery.taken());
            }
        }
    }

    private void onAck(ObservedFrame.Ack ack, boolean taken) {
        ObservedPacket largest = marked.get(ack.largest());
        if (ack.largest() <= largestAcked) {
            return; // its counts may be older than what is known
        }
        if (taken && ack.ce() > mostMarked && largest != null) {
            mustYieldForNs = largest.sentNs();
        }
        largestAcked = ack.largest();
        mostMarked = Math.max(mostMarked, ack.ce());
    }

    private boolean isMarking() {
        return party().isReady() && party().connection().currentPath().isEcnCapable();
    }

    /** A mark counts as a loss does, once for what was in flight (RFC 9002 §7.1). */
    private void checkYielded() {
        if (controllers == 1 && first.yieldsToLoss && isMarking()) {
            require(
                    first.reducedNs >= mustYieldForNs,
                    "makes its window no smaller for what was sent at %d and marked",
                    mustYieldForNs);
        }
        mustYieldForNs = Long.MIN_VALUE;
    }

    @Override
    void onSent(ObservedPacket packet) {
        shakesHands |= !packet.isOneRtt();
        if (packet.frames().stream().anyMatch(f -> f instanceof ObservedFrame.Data)
                && isMarking()) {
            marked.put(packet.number(), packet);
        }
        for (ObservedFrame frame : packet.frames()) {
            if (frame instanceof ObservedFrame.Pressing) {
                allowance++;
            }
        }
    }

    @Override
    void afterStep(long nowNs) {
        if (mustYieldForNs != Long.MIN_VALUE) {
            checkYielded();
        }
        require(excess <= allowance, "has sent %d packets without a window for them", excess);
    }

    private final class Watched extends ForwardingController {
        private final boolean yieldsToLoss;
        private long reducedNs = Long.MIN_VALUE;

        Watched(CongestionController controller, boolean yieldsToLoss) {
            super(controller);
            this.yieldsToLoss = yieldsToLoss;
        }

        @Override
        public void onPacketSent(int bytes, long bytesInFlight, long nowNs) {
            if (party().isReady() && bytesInFlight > windowBytes()) {
                excess++;
            }
            super.onPacketSent(bytes, bytesInFlight, nowNs);
        }

        @Override
        public boolean onCongestionEvent(long sentTimeNs, long nowNs) {
            long before = windowBytes();
            boolean reduced = super.onCongestionEvent(sentTimeNs, nowNs);
            long after = windowBytes();
            require(
                    !yieldsToLoss
                            || sentTimeNs <= reducedNs
                            || after <= Math.max(MIN_WINDOW_BYTES, before * MOST_LEFT),
                    "answers a loss with a window of %d bytes after %d",
                    after,
                    before);
            if (sentTimeNs > reducedNs || after < before) {
                reducedNs = nowNs;
            }
            return reduced;
        }

        @Override
        public void undoLastReduction() {
            counters.add(Counter.SPURIOUS);
            super.undoLastReduction();
        }

        @Override
        public void restart(long nowNs) {
            reducedNs = nowNs;
            super.restart(nowNs);
        }
    }
}
