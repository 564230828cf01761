package dev.tern.fuzz.sim;

import java.util.HashMap;
import java.util.Map;

/**
 * What a party sends on its streams is what its application wrote, within the limits that it has
 * heard of, and up to one final size (RFC 9000 §4).
 */
final class StreamRule extends Rule {
    private static final class Sent {
        long highest;
        long finalSize = -1;
        long limit = -1;
        boolean reset;
    }

    private final Map<Long, Sent> streams = new HashMap<>();
    private long sentBytes;
    private long maxData;
    private long maxBidirectional;
    private long maxUnidirectional;

    StreamRule(Party party) {
        super("stream", party);
        Manners granted = party.other().manners();
        maxData = granted.maxData();
        maxBidirectional = granted.maxStreams();
        maxUnidirectional = granted.maxStreams();
    }

    private Sent stream(long id) {
        return streams.computeIfAbsent(
                id,
                _ -> {
                    Sent sent = new Sent();
                    sent.limit = party().other().manners().maxStreamData();
                    return sent;
                });
    }

    @Override
    void onDelivered(ObservedPacket packet, Delivery delivery) {
        for (ObservedFrame frame : packet.frames()) {
            switch (frame) {
                case ObservedFrame.MaxData max -> maxData = Math.max(maxData, max.limit());
                case ObservedFrame.MaxStreamData max -> {
                    Sent sent = stream(max.streamId());
                    sent.limit = Math.max(sent.limit, max.limit());
                }
                case ObservedFrame.MaxStreams max -> {
                    if (max.bidirectional()) {
                        maxBidirectional = Math.max(maxBidirectional, max.limit());
                    } else {
                        maxUnidirectional = Math.max(maxUnidirectional, max.limit());
                    }
                }
                default -> {}
            }
        }
    }

    @Override
    void onSent(ObservedPacket packet) {
        for (ObservedFrame frame : packet.frames()) {
            switch (frame) {
                case ObservedFrame.Data data -> onData(packet, data);
                case ObservedFrame.Reset reset -> onReset(reset);
                default -> {}
            }
        }
    }

    private void onData(ObservedPacket packet, ObservedFrame.Data data) {
        checkId(data.streamId());
        Sent sent = stream(data.streamId());
        require(!sent.reset, "sends on stream %d after its reset", data.streamId());
        int wrong =
                Content.firstWrong(
                        packet.payload(),
                        data.at(),
                        data.length(),
                        party().conversation().index(),
                        party().role(),
                        data.streamId(),
                        data.offset());
        require(wrong < 0, "%s has another byte than was written at +%d", data, wrong);
        if (data.end() > sent.highest) {
            sentBytes += data.end() - sent.highest;
            sent.highest = data.end();
        }
        require(data.end() <= sent.limit, "%s passes the limit %d of the stream", data, sent.limit);
        require(sentBytes <= maxData, "%d bytes in all pass MAX_DATA %d", sentBytes, maxData);
        if (data.fin()) {
            onFinalSize(data.streamId(), sent, data.end());
        }
        require(
                sent.finalSize < 0 || data.end() <= sent.finalSize,
                "%s passes the final size %d",
                data,
                sent.finalSize);
    }

    private void onReset(ObservedFrame.Reset reset) {
        checkId(reset.streamId());
        Sent sent = stream(reset.streamId());
        sent.reset = true;
        onFinalSize(reset.streamId(), sent, reset.finalSize());
    }

    private void onFinalSize(long id, Sent sent, long finalSize) {
        require(
                finalSize >= sent.highest && (sent.finalSize < 0 || sent.finalSize == finalSize),
                "stream %d has final size %d after %d, and %d bytes sent",
                id,
                finalSize,
                sent.finalSize,
                sent.highest);
        sent.finalSize = finalSize;
    }

    private void checkId(long id) {
        boolean own = StreamId.isServerInitiated(id) == (party().role() == Role.ACCEPTOR);
        boolean bidirectional = StreamId.isBidirectional(id);
        require(own || bidirectional, "sends on stream %d of the other's", id);
        long max = bidirectional ? maxBidirectional : maxUnidirectional;
        require(!own || StreamId.index(id) < max, "opens stream %d, with MAX_STREAMS %d", id, max);
    }
}
