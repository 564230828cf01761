package dev.tern.fuzz.sim;

import dev.tern.quic.path.Path;
import dev.tern.quic.recovery.LossDetector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stream bytes are sent again only when they can count as lost (RFC 9002 §6.1, §6.2), and an
 * acknowledgement ends the back-off of probes (§6.2.1).
 */
final class LossRule extends Rule {
    /** RFC 9002 §6.1.1, kPacketThreshold. */
    private static final int PACKET_THRESHOLD = 3;

    private static final class Sent {
        final ObservedPacket packet;
        boolean acked;

        Sent(ObservedPacket packet) {
            this.packet = packet;
        }
    }

    private record Segment(long from, long to, Sent sent) {}

    private final Map<Long, Sent> packets = new HashMap<>();
    private final Map<Long, List<Segment>> streams = new HashMap<>();
    private long largestAcked = -1;
    private long upheavalNs = Long.MIN_VALUE;
    private Path mustProbeSoon;

    LossRule(Party party) {
        super("loss", party);
    }

    /** Everything in flight may count as lost: a probe timeout, another path. */
    void onUpheaval(long nowNs) {
        upheavalNs = nowNs;
    }

    @Override
    void onDelivered(ObservedPacket packet, Delivery delivery) {
        for (ObservedFrame frame : packet.frames()) {
            if (frame instanceof ObservedFrame.Pressing) {
                onUpheaval(delivery.nowNs());
            } else if (packet.isOneRtt() && frame instanceof ObservedFrame.Ack ack) {
                onAck(ack, delivery);
            }
        }
    }

    private void onAck(ObservedFrame.Ack ack, Delivery delivery) {
        for (ObservedFrame.Range range : ack.ranges()) {
            for (long number = range.smallest(); number <= range.largest(); number++) {
                Sent sent = packets.get(number);
                if (sent != null) {
                    sent.acked = true;
                }
            }
        }
        Sent largest = packets.get(ack.largest());
        if (ack.largest() > largestAcked) {
            largestAcked = ack.largest();
            if (delivery.taken() && largest != null) {
                expectNoBackOff(largest.packet);
            }
        }
    }

    private void expectNoBackOff(ObservedPacket acked) {
        Path current = party().connection().currentPath();
        if (acked.ackEliciting()
                && current.local().equals(acked.from())
                && current.remote().equals(acked.to())) {
            mustProbeSoon = current;
        }
    }

    @Override
    void afterStep(long nowNs) {
        if (mustProbeSoon != null) {
            LossDetector loss = mustProbeSoon.loss();
            mustProbeSoon = null;
            require(
                    loss.ptoCount() == 0,
                    "backs off %d times after an acknowledgement",
                    loss.ptoCount());
        }
    }

    @Override
    void onSent(ObservedPacket packet) {
        if (!packet.isOneRtt()) {
            return;
        }
        Sent sent = new Sent(packet);
        packets.put(packet.number(), sent);
        for (ObservedFrame frame : packet.frames()) {
            if (frame instanceof ObservedFrame.Data data && data.length() > 0) {
                List<Segment> segments =
                        streams.computeIfAbsent(data.streamId(), _ -> new ArrayList<>());
                checkAgain(packet, data, segments);
                segments.add(new Segment(data.offset(), data.end(), sent));
            }
        }
    }

    /** What was sent again already is sent once more when an older packet counts as lost late. */
    private void checkAgain(
            ObservedPacket packet, ObservedFrame.Data data, List<Segment> segments) {
        boolean before = false;
        for (Segment segment : segments) {
            if (segment.from() <= data.offset() && data.offset() < segment.to()) {
                before = true;
                if (mayBeLost(segment.sent(), packet)) {
                    return;
                }
            }
        }
        require(
                !before,
                "%s repeats %s, with %d the largest acknowledged",
                packet,
                data,
                largestAcked);
    }

    private boolean mayBeLost(Sent before, ObservedPacket again) {
        ObservedPacket packet = before.packet;
        boolean samePath = packet.from().equals(again.from()) && packet.to().equals(again.to());
        if (before.acked || !samePath || packet.sentNs() <= upheavalNs) {
            return true;
        }
        long later = largestAcked - packet.number();
        long minRttNs = party().connection().currentPath().rtt().minNs();
        long elapsedNs = again.sentNs() - packet.sentNs();
        return later >= PACKET_THRESHOLD || (later > 0 && elapsedNs >= minRttNs + minRttNs / 8);
    }
}
