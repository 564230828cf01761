package dev.tern.fuzz.sim;

import dev.tern.quic.connection.ConnectionConfig;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A party acknowledges what it got and nothing else, says truly how long it waited, and does not
 * wait longer than it may (RFC 9000 §13.2).
 */
final class AckRule extends Rule {
    private static final long UNIT_NS = 1000L << ConnectionConfig.ACK_DELAY_EXPONENT;

    private record Owed(long number, long untilNs) {}

    private final List<Map<Long, ObservedPacket>> delivered =
            List.of(new HashMap<>(), new HashMap<>(), new HashMap<>());
    private final Set<Long> forged = new HashSet<>();
    private final List<Owed> owed = new ArrayList<>();

    AckRule(Party party) {
        super("ack", party);
    }

    @Override
    void onDelivered(ObservedPacket packet, Delivery delivery) {
        delivered.get(packet.space()).put(packet.number(), packet);
        if (delivery.taken() && packet.ackEliciting()) {
            owed.add(new Owed(packet.number(), delivery.nowNs() + Party.MAX_ACK_DELAY_NS));
        }
    }

    /** Somebody else sends a packet with that number as if it were the other's. */
    void onForged(long number) {
        forged.add(number);
    }

    @Override
    void onSent(ObservedPacket packet) {
        for (ObservedFrame frame : packet.frames()) {
            if (frame instanceof ObservedFrame.Ack ack) {
                onAckSent(packet, ack);
            }
        }
    }

    private void onAckSent(ObservedPacket packet, ObservedFrame.Ack ack) {
        Map<Long, ObservedPacket> got = delivered.get(packet.space());
        for (ObservedFrame.Range range : ack.ranges()) {
            for (long number = range.smallest(); number <= range.largest(); number++) {
                require(
                        got.containsKey(number) || forged.contains(number),
                        "acknowledges %d, which never came",
                        number);
            }
        }
        if (packet.isOneRtt() && !forged.contains(ack.largest())) {
            checkDelay(packet, ack, got.get(ack.largest()));
            long smallest = ack.ranges().getLast().smallest();
            owed.removeIf(each -> each.number() < smallest || ack.covers(each.number()));
        }
    }

    private void checkDelay(ObservedPacket packet, ObservedFrame.Ack ack, ObservedPacket largest) {
        long saidNs = ack.scaledDelay() * UNIT_NS;
        for (long deliveredNs : largest.fate().deliveriesNs()) {
            long trueNs = packet.sentNs() - deliveredNs;
            if (saidNs <= trueNs && trueNs < saidNs + 2 * UNIT_NS) {
                return;
            }
        }
        require(
                false,
                "says that it waited %d ns to acknowledge %d, which came at %s, at %d",
                saidNs,
                ack.largest(),
                largest.fate().deliveriesNs(),
                packet.sentNs());
    }

    @Override
    void afterStep(long nowNs) {
        if (owed.isEmpty() || owed.getFirst().untilNs() >= nowNs) {
            return;
        }
        if (!party().isOpen() || !party().application().canSend()) {
            owed.clear();
            return;
        }
        for (Iterator<Owed> each = owed.iterator(); each.hasNext(); ) {
            Owed late = each.next();
            require(
                    late.untilNs() >= nowNs,
                    "has not acknowledged %d by %d ns",
                    late.number(),
                    late.untilNs());
        }
    }
}
