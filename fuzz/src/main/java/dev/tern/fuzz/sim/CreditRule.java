package dev.tern.fuzz.sim;

import java.util.HashMap;
import java.util.Map;

/**
 * The limits that a party grants only rise, for what is sent again has its newest value, and do not
 * run ahead of what it can have consumed (RFC 9000 §4.1, §4.6).
 */
final class CreditRule extends Rule {
    private final Map<Long, Long> highest = new HashMap<>();
    private final Map<Long, Long> streamLimits = new HashMap<>();
    private long receivedBytes;
    private long maxData;
    private final long[] maxStreams = new long[2];
    private final long[] opened = new long[2];

    CreditRule(Party party) {
        super("credit", party);
    }

    @Override
    void onDelivered(ObservedPacket packet, Delivery delivery) {
        for (ObservedFrame frame : packet.frames()) {
            if (frame instanceof ObservedFrame.Data data) {
                onReceived(data.streamId(), data.end());
            } else if (frame instanceof ObservedFrame.Reset reset) {
                onReceived(reset.streamId(), reset.finalSize());
            }
        }
    }

    private void onReceived(long id, long end) {
        long before = highest.getOrDefault(id, 0L);
        if (end > before) {
            receivedBytes += end - before;
            highest.put(id, end);
        }
        int kind = kind(StreamId.isBidirectional(id));
        boolean theirs = StreamId.isServerInitiated(id) == (party().role() == Role.DIALLER);
        if (theirs) {
            opened[kind] = Math.max(opened[kind], StreamId.index(id) + 1);
        }
    }

    /** How many unidirectional streams of the other's have been heard of. */
    long openedUnidirectional() {
        return opened[kind(false)];
    }

    /** How many unidirectional streams the other may open. */
    long allowedUnidirectional() {
        return Math.max(party().manners().maxStreams(), maxStreams[kind(false)]);
    }

    private static int kind(boolean bidirectional) {
        return bidirectional ? 0 : 1;
    }

    @Override
    void onSent(ObservedPacket packet) {
        Manners manners = party().manners();
        for (ObservedFrame frame : packet.frames()) {
            switch (frame) {
                case ObservedFrame.MaxData max -> {
                    rises("MAX_DATA", maxData, max.limit());
                    maxData = max.limit();
                    bounded(
                            "MAX_DATA",
                            max.limit(),
                            manners.maxData() * manners.growth() + receivedBytes);
                }
                case ObservedFrame.MaxStreamData max -> {
                    long before = streamLimits.getOrDefault(max.streamId(), 0L);
                    rises("MAX_STREAM_DATA", before, max.limit());
                    streamLimits.put(max.streamId(), max.limit());
                    long got = highest.getOrDefault(max.streamId(), 0L);
                    bounded(
                            "MAX_STREAM_DATA",
                            max.limit(),
                            manners.maxStreamData() * manners.growth() + got);
                }
                case ObservedFrame.MaxStreams max -> {
                    int kind = kind(max.bidirectional());
                    rises("MAX_STREAMS", maxStreams[kind], max.limit());
                    maxStreams[kind] = max.limit();
                    bounded("MAX_STREAMS", max.limit(), manners.maxStreams() + opened[kind]);
                }
                default -> {}
            }
        }
    }

    private void rises(String frame, long before, long now) {
        require(now >= before, "sends %s %d after %d", frame, now, before);
    }

    private void bounded(String frame, long limit, long most) {
        require(limit <= most, "sends %s %d though only %d can be right", frame, limit, most);
    }
}
