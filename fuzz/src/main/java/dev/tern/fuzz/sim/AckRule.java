package dev.tern.fuzz.sim;

import dev.tern.quic.connection.ConnectionConfig;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A party acknowledges what it got and nothing else, says truly how long it waited, and does not
 * wait longer than it may (RFC 9000 §13.2).
 */
final class AckRule extends Rule {
    private static final long UNIT_NS = 1000L << ConnectionConfig.ACK_DELAY_EXPONENT;

    private static final int ECT_0 = 2;
    private static final int CE = 3;

    private record Owed(long number, long untilNs) {}

    /** How many packets of a space arrived with a mark: that may have been taken in, and were. */
    private static final class Marks {
        final long[] most = new long[4];
        final long[] least = new long[4];
    }

    private final List<Map<Long, ObservedPacket>> delivered =
            List.of(new HashMap<>(), new HashMap<>(), new HashMap<>());
    private final List<Marks> marks = List.of(new Marks(), new Marks(), new Marks());
    private final Set<Long> forged = new HashSet<>();
    private final List<Owed> owed = new ArrayList<>();

    /** How long the other may have allowed ACKs to wait; its wishes by their numbers. */
    private final TreeMap<Long, Long> maxDelaysNs = new TreeMap<>();

    AckRule(Party party) {
        super("ack", party);
        maxDelaysNs.put(-1L, Party.MAX_ACK_DELAY_NS);
    }

    @Override
    void onDelivered(ObservedPacket packet, Delivery delivery) {
        delivered.get(packet.space()).put(packet.number(), packet);
        Marks counts = marks.get(packet.space());
        counts.most[delivery.ecn()]++;
        if (delivery.taken()) {
            counts.least[delivery.ecn()]++;
        }
        for (ObservedFrame frame : packet.frames()) {
            if (frame instanceof ObservedFrame.AckWish wish) {
                onWish(wish, delivery.taken());
            }
        }
        if (delivery.taken() && packet.ackEliciting()) {
            owed.add(new Owed(packet.number(), delivery.nowNs() + mayWaitNs(packet)));
        }
    }

    /** What was overtaken by a newer wish counts no more (draft-ietf-quic-ack-frequency §4). */
    private void onWish(ObservedFrame.AckWish wish, boolean taken) {
        maxDelaysNs.putIfAbsent(wish.sequence(), wish.maxDelayNs());
        if (taken) {
            maxDelaysNs.headMap(wish.sequence()).clear();
        }
    }

    private long mayWaitNs(ObservedPacket packet) {
        boolean now = packet.frames().stream().anyMatch(f -> f instanceof ObservedFrame.AckNow);
        return now ? 0 : Collections.max(maxDelaysNs.values());
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
        checkMarks(marks.get(packet.space()), ECT_0, ack.ect0());
        checkMarks(marks.get(packet.space()), CE, ack.ce());
        if (packet.isOneRtt() && !forged.contains(ack.largest())) {
            checkDelay(packet, ack, got.get(ack.largest()));
            long smallest = ack.ranges().getLast().smallest();
            owed.removeIf(each -> each.number() < smallest || ack.covers(each.number()));
        }
    }

    /** RFC 9000 §13.4.1. */
    private void checkMarks(Marks counts, int mark, long said) {
        long count = Math.max(0, said);
        require(
                counts.least[mark] <= count && count <= counts.most[mark],
                "says that %d packets came with the mark %d, between %d and %d did",
                said,
                mark,
                counts.least[mark],
                counts.most[mark]);
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
        if (owed.stream().noneMatch(each -> each.untilNs() < nowNs)) {
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
