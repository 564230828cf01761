package dev.tern.quic.stream;

import dev.tern.quic.flow.LatestValue;
import dev.tern.quic.flow.ReceiveWindow;
import dev.tern.quic.frame.MaxStreamDataFrame;
import dev.tern.quic.frame.StopSendingFrame;
import dev.tern.quic.recovery.SentPacket;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;

import java.nio.ByteBuffer;

/**
 * The receiving half of a stream (RFC 9000 §3.2): puts data in order, holds the peer to its limits
 * and to one final size (§4.5). One application thread reads or gives up; everything else belongs
 * to the agent's thread.
 */
public final class ReceiveStream {
    /**
     * More gaps than this in one window is an attack: an honest sender leaves one per lost packet.
     */
    static final int MAX_GAPS = 1024;

    private static final long NONE = -1;

    private final Stream stream;
    private final ReceiveWindow window;
    private final ReceiveBuffer buffer;
    private final ByteRanges ahead = new ByteRanges();
    private final LatestValue maxStreamData;
    private final LatestValue stopCode;

    // Written by the application.
    private volatile long requestedStopCode = NONE;
    private volatile boolean resetSeen;

    // Written by the agent, read by the application.
    private volatile long finalSize = NONE;
    private volatile long resetCode = NONE;

    private ReceiveState state = ReceiveState.RECV;
    private boolean stopped;
    private long creditedBytes;

    ReceiveStream(Stream stream, ReceiveWindow window, SegmentPool pool) {
        this.stream = stream;
        this.window = window;
        this.buffer = new ReceiveBuffer(window.maxBytes(), pool);
        this.maxStreamData = new LatestValue(stream::queueControl);
        this.stopCode = new LatestValue(stream::queueControl);
    }

    /**
     * Application: takes bytes in order, and never waits.
     *
     * @return how many; 0 when there are none yet, -1 at the end of the stream
     * @throws StreamResetException when the peer gave the stream up (RESET_STREAM)
     * @throws IllegalStateException after {@link #stopSending}
     */
    public int read(byte[] destination, int offset, int length) {
        return isAtEnd() ? -1 : taken(buffer.read(destination, offset, length));
    }

    /** Application: as {@link #read(byte[], int, int)}, as many as there is room for. */
    public int read(ByteBuffer destination) {
        return isAtEnd() ? -1 : taken(buffer.read(destination));
    }

    /** Application: as {@link #read(byte[], int, int)}, at most {@code limit}, without a copy. */
    public int read(StreamSink sink, int limit) {
        return isAtEnd() ? -1 : taken(buffer.read(sink, limit));
    }

    private boolean isAtEnd() {
        if (requestedStopCode != NONE) {
            throw new IllegalStateException("stream " + stream.id() + ": read after stopSending");
        }
        // In this order, for a reset sets its code before the final size: a reset is no end.
        long end = finalSize;
        if (resetCode != NONE) {
            seeReset();
            throw new StreamResetException(stream.id(), resetCode);
        }
        return buffer.position() == end;
    }

    private int taken(int bytes) {
        if (bytes > 0) {
            stream.wakeAgent();
        }
        return bytes;
    }

    private void seeReset() {
        if (!resetSeen) {
            buffer.releaseAll();
            resetSeen = true;
            stream.wakeAgent();
        }
    }

    /** Application: how many bytes {@link #read} would give now. */
    public int readableBytes() {
        return buffer.readableBytes();
    }

    /** Application: whether everything was read, or the peer reset the stream. */
    public boolean finished() {
        return resetCode != NONE || buffer.position() == finalSize;
    }

    /** Application: wants no more; the peer is asked to reset the stream (RFC 9000 §3.5). */
    public void stopSending(long errorCode) {
        if (requestedStopCode == NONE) {
            requestedStopCode = errorCode;
            stream.wakeAgent();
        }
    }

    /**
     * STREAM arrived: copies what is new to its place.
     *
     * @throws TransportException FLOW_CONTROL_ERROR past a limit, FINAL_SIZE_ERROR when the final
     *     size changes or data passes it, INTERNAL_ERROR at too many gaps
     */
    public void onData(long offset, byte[] source, int sourceOffset, int length, boolean fin) {
        long end = offset + length;
        checkFinalSize(end, fin);
        if (!state.takesData()) {
            return;
        }
        countReceived(end);
        if (fin && state == ReceiveState.RECV) {
            finalSize = end;
            state = ReceiveState.SIZE_KNOWN;
            maxStreamData.cancel();
        }
        if (stopped) {
            giveUpReceived();
        } else {
            long readableBefore = buffer.readableTo();
            int known = (int) Math.min(Math.max(readableBefore - offset, 0), length);
            long newTo = place(offset + known, source, sourceOffset + known, length - known);
            if (newTo == finalSize) {
                state = ReceiveState.DATA_RECVD;
            }
            if (newTo > readableBefore || newTo == finalSize) {
                stream.onReadable();
            }
        }
        settle();
    }

    private void checkFinalSize(long end, boolean isFinal) {
        long known = finalSize;
        boolean broken =
                known == NONE
                        ? isFinal && end < window.receivedBytes()
                        : end > known || (isFinal && end != known);
        if (broken) {
            throw new TransportException(
                    TransportError.FINAL_SIZE_ERROR,
                    "stream %d: end %d against final size %d, received %d"
                            .formatted(stream.id(), end, known, window.receivedBytes()));
        }
    }

    private void countReceived(long end) {
        long newBytes = end - window.receivedBytes();
        if (newBytes > 0) {
            window.onReceived(newBytes);
            stream.onReceived(newBytes);
        }
    }

    /** Stores bytes that lie at or beyond the end of what is readable; returns the new end. */
    private long place(long from, byte[] source, int sourceOffset, int length) {
        long readableTo = buffer.readableTo();
        if (length == 0) {
            return readableTo;
        }
        buffer.store(from, source, sourceOffset, length);
        if (from == readableTo && ahead.isEmpty()) {
            readableTo = from + length;
        } else {
            ahead.add(from, from + length);
            if (ahead.from(0) == readableTo) {
                readableTo = ahead.to(0);
                ahead.remove(ahead.from(0), readableTo);
            }
            if (ahead.count() > MAX_GAPS) {
                throw new TransportException(
                        TransportError.INTERNAL_ERROR,
                        "stream " + stream.id() + ": data with more than " + MAX_GAPS + " gaps");
            }
        }
        buffer.publish(readableTo);
        return readableTo;
    }

    /**
     * RESET_STREAM arrived; what is not read yet is dropped.
     *
     * @throws TransportException as {@link #onData}
     */
    public void onReset(long errorCode, long finalSizeBytes) {
        checkFinalSize(finalSizeBytes, true);
        if (!state.takesData()) {
            return;
        }
        countReceived(finalSizeBytes);
        resetCode = errorCode;
        finalSize = finalSizeBytes;
        state = ReceiveState.RESET_RECVD;
        ahead.clear();
        maxStreamData.cancel();
        stopCode.cancel();
        giveUpReceived();
        stream.onReadable();
        settle();
    }

    /** Nobody will read what has arrived: the connection's window must not wait for it. */
    private void giveUpReceived() {
        stream.onConsumed(window.receivedBytes() - creditedBytes);
        creditedBytes = window.receivedBytes();
    }

    /** The application did something since the last call. */
    void onApplicationActed() {
        long requested = requestedStopCode;
        if (requested != NONE && !stopped) {
            stop(requested);
        }
        long newBytes = buffer.consumedBytes() - creditedBytes;
        if (newBytes > 0) {
            creditedBytes += newBytes;
            stream.onConsumed(newBytes);
            if (window.onConsumed(newBytes) && state == ReceiveState.RECV) {
                maxStreamData.offer(window.limitBytes());
            }
        }
        settle();
    }

    private void stop(long errorCode) {
        stopped = true;
        if (state.takesData()) {
            stopCode.offer(errorCode);
        }
        if (resetCode == NONE) {
            buffer.releaseAll();
            ahead.clear();
        }
        maxStreamData.cancel();
        giveUpReceived();
    }

    private void settle() {
        if (state == ReceiveState.DATA_RECVD && buffer.consumedBytes() == finalSize) {
            state = ReceiveState.DATA_READ;
            buffer.releaseAll();
        } else if (state == ReceiveState.RESET_RECVD && resetSeen) {
            state = ReceiveState.RESET_READ;
        }
        if (isDone()) {
            stream.onHalfChanged();
        }
    }

    /** Whether nothing more can come of it, for the peer or for the application. */
    boolean isDone() {
        return state.isTerminal() || (stopped && finalSize != NONE);
    }

    ReceiveState state() {
        return state;
    }

    boolean hasControlFrames() {
        return stopCode.isDue() || maxStreamData.isDue();
    }

    /** Writes STOP_SENDING or MAX_STREAM_DATA; the caller has seen to the room. */
    void writeControlFrame(ByteWriter out, SentPacket packet) {
        if (stopCode.isDue()) {
            StopSendingFrame.encode(out, stream.id(), stopCode.send(packet));
        } else if (maxStreamData.isDue()) {
            MaxStreamDataFrame.encode(out, stream.id(), maxStreamData.send(packet));
        }
    }

    /** Bytes that arrived and wait to be read. */
    long heldBytes() {
        return window.receivedBytes() - creditedBytes;
    }
}
