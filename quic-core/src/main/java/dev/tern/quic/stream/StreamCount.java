package dev.tern.quic.stream;

import dev.tern.quic.flow.LatestValue;
import dev.tern.quic.frame.MaxStreamsFrame;
import dev.tern.quic.frame.StreamsBlockedFrame;
import dev.tern.quic.recovery.SentPacket;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;

/**
 * How many streams of one direction were opened by either side, and how many may be (RFC 9000
 * §4.6). Owned by one agent; not thread-safe.
 */
final class StreamCount {
    private final boolean bidirectional;
    private final long concurrentRemote;
    private final LatestValue maxStreams = new LatestValue(() -> {});
    private final LatestValue streamsBlocked = new LatestValue(() -> {});
    private long openedLocal;
    private long localLimit;
    private long openedRemote;
    private long finishedRemote;
    private long remoteLimit;

    /**
     * @param concurrentRemote how many streams of the peer's may be open at a time
     */
    StreamCount(boolean bidirectional, long concurrentRemote) {
        this.bidirectional = bidirectional;
        this.concurrentRemote = concurrentRemote;
        this.remoteLimit = concurrentRemote;
    }

    /** The index of a new stream of ours, or -1 at the peer's limit, of which it is told. */
    long openLocal() {
        if (openedLocal == localLimit) {
            streamsBlocked.offer(localLimit);
            return -1;
        }
        return openedLocal++;
    }

    boolean isOpenedLocal(long index) {
        return index < openedLocal;
    }

    /** MAX_STREAMS or a transport parameter; returns whether more may be opened than before. */
    boolean raiseLocalLimit(long newLimit) {
        if (newLimit <= localLimit) {
            return false;
        }
        localLimit = newLimit;
        streamsBlocked.cancel();
        return true;
    }

    long openedRemote() {
        return openedRemote;
    }

    /** The peer uses a stream for the first time. */
    void openRemote() {
        openedRemote++;
    }

    void checkRemoteLimit(long streamId) {
        if (StreamId.index(streamId) >= remoteLimit) {
            throw new TransportException(
                    TransportError.STREAM_LIMIT_ERROR,
                    "stream " + streamId + " passes the limit of " + remoteLimit + " streams");
        }
    }

    /** A stream of the peer's is done; announced once for half of those allowed at a time. */
    void finishRemote() {
        finishedRemote++;
        long nextLimit = finishedRemote + concurrentRemote;
        if (nextLimit - remoteLimit >= (concurrentRemote + 1) / 2) {
            remoteLimit = nextLimit;
            maxStreams.offer(nextLimit);
        }
    }

    boolean hasFrames() {
        return maxStreams.isDue() || streamsBlocked.isDue();
    }

    /** Writes MAX_STREAMS or STREAMS_BLOCKED; the caller has seen to the room. */
    void writeFrame(ByteWriter out, SentPacket packet) {
        if (maxStreams.isDue()) {
            MaxStreamsFrame.encode(out, bidirectional, maxStreams.send(packet));
        } else {
            StreamsBlockedFrame.encode(out, bidirectional, streamsBlocked.send(packet));
        }
    }
}
