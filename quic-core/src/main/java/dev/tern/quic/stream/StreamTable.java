package dev.tern.quic.stream;

import dev.tern.quic.flow.BufferTuning;
import dev.tern.quic.flow.ReceiveWindow;
import dev.tern.quic.flow.SendCredit;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;

import org.agrona.collections.Long2ObjectHashMap;

import java.util.function.Consumer;

/**
 * All streams of a connection (RFC 9000 §2, §3): opens ours within the peer's limits and accepts
 * the peer's within ours, passes frames to the halves they are for, forgets streams when both
 * halves are done, and keeps the connection's credit (§4). What it has to send comes from {@link
 * #controlSource} and {@link #dataSource}, which a packet asks in this order. Owned by one agent;
 * not thread-safe.
 */
public final class StreamTable {
    private final Long2ObjectHashMap<Stream> streams = new Long2ObjectHashMap<>();
    private final SendCredit sendCredit = new SendCredit();
    private final ReceiveWindow receiveWindow;
    private final StreamCount bidirectionalCount;
    private final StreamCount unidirectionalCount;
    private final StreamControlSource controlSource;
    private final StreamDataSource dataSource;
    private final boolean server;
    private final StreamLimits localLimits;
    private final BufferTuning tuning;
    private final SegmentPool pool;
    private final StreamWaker waker;
    private StreamLimits peerLimits = StreamLimits.NONE;

    /**
     * @param localLimits what we let the peer send, as in our transport parameters
     * @param tuning how much each stream holds for the application, and how far windows grow
     */
    public StreamTable(
            boolean server,
            StreamLimits localLimits,
            BufferTuning tuning,
            SegmentPool pool,
            StreamWaker waker) {
        this.server = server;
        this.localLimits = localLimits;
        this.tuning = tuning;
        this.pool = pool;
        this.waker = waker;
        receiveWindow = tuning.connectionWindow(localLimits.maxData());
        bidirectionalCount = new StreamCount(true, localLimits.maxStreamsBidi());
        unidirectionalCount = new StreamCount(false, localLimits.maxStreamsUni());
        controlSource = new StreamControlSource(bidirectionalCount, unidirectionalCount);
        dataSource = new StreamDataSource(sendCredit, controlSource.dataBlocked());
    }

    /** What sizes windows and buffers. */
    public BufferTuning tuning() {
        return tuning;
    }

    /** MAX_DATA, MAX_STREAMS, RESET_STREAM and their like. */
    public StreamControlSource controlSource() {
        return controlSource;
    }

    /** STREAM frames. */
    public StreamDataSource dataSource() {
        return dataSource;
    }

    /** The peer's transport parameters arrived; until then nothing may be opened or sent. */
    public void onPeerLimits(StreamLimits limits) {
        peerLimits = limits;
        onMaxData(limits.maxData());
        onMaxStreams(true, limits.maxStreamsBidi());
        onMaxStreams(false, limits.maxStreamsUni());
        streams.values()
                .forEach(
                        stream -> {
                            if (stream.send() != null) {
                                stream.send().onMaxStreamData(sendLimit(stream.id()));
                            }
                        });
    }

    /** Opens a stream, or returns null at the peer's limit (RFC 9000 §4.6). */
    public Stream open(boolean bidirectional) {
        long index = count(bidirectional).openLocal();
        return index < 0 ? null : create(StreamId.of(index, server, bidirectional));
    }

    /** The stream, or null if there is none or it is done. */
    public Stream stream(long streamId) {
        return streams.get(streamId);
    }

    /** Every stream that is not done. */
    public void forEach(Consumer<Stream> action) {
        streams.values().forEach(action);
    }

    public int streamCount() {
        return streams.size();
    }

    /** Stream bytes held for sending and reading, without what segments waste. */
    public long heldBytes() {
        long bytes = 0;
        for (Stream stream : streams.values()) {
            bytes += stream.heldBytes();
        }
        return bytes;
    }

    /** The application did something with this stream ({@link StreamWaker#onStreamWritten}). */
    public void onWritten(Stream stream) {
        stream.takeApplicationActions();
    }

    /** STREAM (RFC 9000 §19.8). */
    public void onStream(
            long streamId, long streamOffset, byte[] buffer, int offset, int length, boolean fin) {
        Stream stream = forReceiving(streamId);
        if (stream != null) {
            stream.receive().onData(streamOffset, buffer, offset, length, fin);
        }
    }

    /** RESET_STREAM (RFC 9000 §19.4). */
    public void onResetStream(long streamId, long errorCode, long finalSize) {
        Stream stream = forReceiving(streamId);
        if (stream != null) {
            stream.receive().onReset(errorCode, finalSize);
        }
    }

    /** STOP_SENDING (RFC 9000 §19.5). */
    public void onStopSending(long streamId, long errorCode) {
        Stream stream = forSending(streamId);
        if (stream != null) {
            stream.send().onStopSending(errorCode);
        }
    }

    /** MAX_DATA (RFC 9000 §19.9). */
    public void onMaxData(long maximumBytes) {
        if (sendCredit.raise(maximumBytes)) {
            dataSource.onCreditRaised();
        }
    }

    /** MAX_STREAM_DATA (RFC 9000 §19.10). */
    public void onMaxStreamData(long streamId, long maximumBytes) {
        Stream stream = forSending(streamId);
        if (stream != null) {
            stream.send().onMaxStreamData(maximumBytes);
        }
    }

    /** MAX_STREAMS (RFC 9000 §19.11). */
    public void onMaxStreams(boolean bidirectional, long maximumStreams) {
        if (count(bidirectional).raiseLocalLimit(maximumStreams)) {
            waker.onOpenAllowed(bidirectional);
        }
    }

    /** STREAM_DATA_BLOCKED (RFC 9000 §19.13): limits rise with what is read, not on demand. */
    public void onStreamDataBlocked(long streamId, long limitBytes) {
        forReceiving(streamId);
    }

    /** The stream for a frame that a sender sends, null if it is done. */
    private Stream forReceiving(long streamId) {
        if (isLocal(streamId) && !StreamId.isBidirectional(streamId)) {
            throw stateError(streamId, "the peer cannot send on it");
        }
        return find(streamId);
    }

    /** The stream for a frame that a receiver sends, null if it is done. */
    private Stream forSending(long streamId) {
        if (!isLocal(streamId) && !StreamId.isBidirectional(streamId)) {
            throw stateError(streamId, "we do not send on it");
        }
        return find(streamId);
    }

    private Stream find(long streamId) {
        Stream stream = streams.get(streamId);
        if (stream != null) {
            return stream;
        }
        StreamCount count = count(StreamId.isBidirectional(streamId));
        if (isLocal(streamId)) {
            if (!count.isOpenedLocal(StreamId.index(streamId))) {
                throw stateError(streamId, "not opened yet");
            }
            return null;
        }
        count.checkRemoteLimit(streamId);
        return accept(streamId, count);
    }

    /** Opens a stream of the peer's and all before it of its kind (RFC 9000 §3.2). */
    private Stream accept(long streamId, StreamCount count) {
        Stream stream = null;
        while (count.openedRemote() <= StreamId.index(streamId)) {
            long id =
                    StreamId.of(count.openedRemote(), !server, StreamId.isBidirectional(streamId));
            count.openRemote();
            stream = create(id);
            waker.onOpened(stream);
        }
        return stream;
    }

    private Stream create(long id) {
        Stream stream =
                new Stream(
                        id, isLocal(id), this, sendLimit(id), receiveWindowBytes(id), tuning, pool);
        streams.put(id, stream);
        tuning.onStreams(streams.size());
        return stream;
    }

    private long sendLimit(long id) {
        if (!StreamId.isBidirectional(id)) {
            return isLocal(id) ? peerLimits.maxStreamDataUni() : -1;
        }
        return isLocal(id)
                ? peerLimits.maxStreamDataBidiRemote()
                : peerLimits.maxStreamDataBidiLocal();
    }

    private long receiveWindowBytes(long id) {
        if (!StreamId.isBidirectional(id)) {
            return isLocal(id) ? -1 : localLimits.maxStreamDataUni();
        }
        return isLocal(id)
                ? localLimits.maxStreamDataBidiLocal()
                : localLimits.maxStreamDataBidiRemote();
    }

    private boolean isLocal(long id) {
        return StreamId.isServerInitiated(id) == server;
    }

    private StreamCount count(boolean bidirectional) {
        return bidirectional ? bidirectionalCount : unidirectionalCount;
    }

    private static TransportException stateError(long streamId, String why) {
        return new TransportException(
                TransportError.STREAM_STATE_ERROR, "stream " + streamId + ": " + why);
    }

    StreamWaker waker() {
        return waker;
    }

    void onReceived(long newBytes) {
        receiveWindow.onReceived(newBytes);
    }

    void onConsumed(long bytes) {
        if (receiveWindow.onConsumed(bytes)) {
            controlSource.maxData().offer(receiveWindow.limitBytes());
        }
    }

    void forget(Stream stream) {
        if (streams.remove(stream.id()) == null) {
            return;
        }
        tuning.onStreams(streams.size());
        if (!stream.isLocallyInitiated()) {
            count(stream.isBidirectional()).finishRemote();
        }
        waker.onDone(stream);
    }
}
