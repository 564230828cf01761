package dev.tern.quic.stream;

import dev.tern.quic.flow.BufferTuning;
import dev.tern.quic.flow.LatestValue;
import dev.tern.quic.flow.SendCredit;
import dev.tern.quic.frame.ResetStreamFrame;
import dev.tern.quic.frame.StreamDataBlockedFrame;
import dev.tern.quic.frame.StreamFrame;
import dev.tern.quic.recovery.FrameOwner;
import dev.tern.quic.recovery.SentPacket;
import dev.tern.quic.wire.ByteWriter;

import java.nio.ByteBuffer;

/**
 * The sending half of a stream (RFC 9000 §3.1). One application thread writes, finishes and resets;
 * everything else belongs to the agent's thread. As a frame owner it notes STREAM frames as their
 * offset and {@code length << 1 | fin}.
 */
public final class SendStream implements FrameOwner {
    /** Fills a path of 100 Mbit/s and 80 ms; what an application writes ahead of the network. */
    public static final int DEFAULT_BUFFER_BYTES = 1 << 20;

    private static final long NONE = -1;

    private final Stream stream;
    private final SendBuffer buffer;
    private final ByteRanges acked = new ByteRanges();
    private final ByteRanges lost = new ByteRanges();
    private final LatestValue resetCode;
    private final LatestValue blockedLimit;

    // Written by the application.
    private volatile boolean finishRequested;
    private volatile long requestedResetCode = NONE;

    // Written by the agent, read by the application.
    private volatile long stopCode = NONE;
    private volatile boolean delivered;

    private SendState state = SendState.READY;
    private long maxStreamData;
    private long sentBytes;
    private long ackedBytes;
    private boolean finLost;
    private boolean finAcked;

    SendStream(Stream stream, BufferTuning tuning, SegmentPool pool, long maxStreamData) {
        this.stream = stream;
        this.buffer = new SendBuffer(tuning, pool);
        this.maxStreamData = maxStreamData;
        this.resetCode = new LatestValue(this::onResetChanged);
        this.blockedLimit = new LatestValue(stream::queueControl);
    }

    /**
     * Application: copies as many bytes as there is room for, and never waits.
     *
     * @return how many were taken; 0 when the buffer is full
     * @throws StreamResetException when the peer asked to stop (STOP_SENDING)
     * @throws IllegalStateException after {@link #finish} or {@link #reset}
     */
    public int write(byte[] source, int offset, int length) {
        checkWritable();
        return added(buffer.write(source, offset, length));
    }

    /** Application: as {@link #write(byte[], int, int)}, of what remains in {@code source}. */
    public int write(ByteBuffer source) {
        checkWritable();
        return added(buffer.write(source));
    }

    private void checkWritable() {
        if (stopCode != NONE) {
            throw new StreamResetException(stream.id(), stopCode);
        }
        if (finishRequested || requestedResetCode != NONE) {
            throw new IllegalStateException(
                    "stream " + stream.id() + ": write after finish or reset");
        }
    }

    private int added(int bytes) {
        if (bytes > 0) {
            stream.wakeAgent();
        }
        return bytes;
    }

    /** Application: how many bytes {@link #write(byte[], int, int)} would take now. */
    public int writableBytes() {
        return buffer.writableBytes();
    }

    /** Application: whether the peer wants no more (STOP_SENDING). */
    public boolean isStopped() {
        return stopCode != NONE;
    }

    /** Application: why the peer wants no more, or -1. */
    public long stopCode() {
        return stopCode;
    }

    /** Application: whether it was finished or reset. */
    public boolean isEnded() {
        return finishRequested || requestedResetCode != NONE;
    }

    /** Application: whether the peer has all bytes and the end of the stream. */
    public boolean isDelivered() {
        return delivered;
    }

    /** Application: what was written so far is all there is (FIN). */
    public void finish() {
        if (!finishRequested) {
            finishRequested = true;
            stream.wakeAgent();
        }
    }

    /** Application: gives up sending; what the peer does not have yet it will not get. */
    public void reset(long errorCode) {
        if (requestedResetCode == NONE) {
            requestedResetCode = errorCode;
            stream.wakeAgent();
        }
    }

    /** Whether {@link #writeFrame} would write something, given enough room. */
    public boolean hasDataToSend(SendCredit credit) {
        if (!state.sendsData()) {
            return false;
        }
        if (finLost || !lost.isEmpty()) {
            return true;
        }
        boolean finished = finishRequested;
        if (buffer.writtenBytes() > sentBytes) {
            return sentBytes < maxStreamData && credit.availableBytes() > 0;
        }
        return finished && state != SendState.DATA_SENT;
    }

    /**
     * Writes one STREAM frame: what was lost first, then new data as far as both credits go.
     *
     * @return whether there was a frame to write and room for it
     */
    public boolean writeFrame(ByteWriter out, SentPacket packet, SendCredit credit) {
        if (!state.sendsData()) {
            return false;
        }
        boolean finished = finishRequested;
        long writtenBytes = buffer.writtenBytes();
        long from;
        long to;
        if (lost.isEmpty()) {
            from = sentBytes;
            long mayBytes = Math.min(maxStreamData - from, credit.availableBytes());
            to = from + Math.max(0, Math.min(writtenBytes - from, mayBytes));
        } else {
            from = lost.from(0);
            to = lost.to(0);
        }
        int length = lengthThatFits(out, from, to - from);
        boolean fin = finished && from + length == writtenBytes;
        boolean finDue = fin && (finLost || state != SendState.DATA_SENT);
        if (length < 0 || (length == 0 && !finDue)) {
            return false;
        }
        StreamFrame.encodeHeader(out, stream.id(), from, length, fin);
        buffer.copyTo(from, out.array(), out.position(), length);
        out.position(out.position() + length);
        packet.addFrame(this, from, (long) length << 1 | (fin ? 1 : 0));
        onWritten(from, length, fin, credit);
        return true;
    }

    private void onWritten(long from, int length, boolean fin, SendCredit credit) {
        if (from < sentBytes) {
            lost.remove(from, from + length);
        } else {
            sentBytes += length;
            credit.use(length);
            if (buffer.sent(sentBytes)) {
                stream.onWritable();
            }
        }
        if (fin) {
            finLost = false;
            state = SendState.DATA_SENT;
        } else if (state == SendState.READY) {
            state = SendState.SEND;
        }
    }

    private int lengthThatFits(ByteWriter out, long from, long available) {
        int room = out.remaining();
        int length = (int) Math.min(available, room);
        int left = room - StreamFrame.headerSize(stream.id(), from, length);
        if (left < 0 || (left == 0 && available > 0)) {
            return -1;
        }
        return Math.min(length, left);
    }

    @Override
    public void onFrameAcked(long offset, long lengthAndFin) {
        if (!state.sendsData()) {
            return;
        }
        long end = offset + (lengthAndFin >>> 1);
        if ((lengthAndFin & 1) != 0) {
            finAcked = true;
            finLost = false;
        }
        lost.remove(offset, end);
        if (acked.isEmpty() && offset <= ackedBytes) {
            advanceAcked(Math.max(end, ackedBytes));
        } else {
            acked.add(Math.max(offset, ackedBytes), end);
            if (!acked.isEmpty() && acked.from(0) <= ackedBytes) {
                long contiguous = acked.to(0);
                acked.remove(acked.from(0), contiguous);
                advanceAcked(contiguous);
            }
        }
        if (finAcked && ackedBytes == sentBytes) {
            state = SendState.DATA_RECVD;
            buffer.freeAll(ackedBytes);
            delivered = true;
            stream.onWritable();
            stream.onHalfChanged();
        }
    }

    private void advanceAcked(long toOffset) {
        if (toOffset > ackedBytes) {
            ackedBytes = toOffset;
            if (buffer.free(toOffset)) {
                stream.onWritable();
            }
        }
    }

    @Override
    public void onFrameLost(long offset, long lengthAndFin) {
        if (!state.sendsData()) {
            return;
        }
        long from = Math.max(offset, ackedBytes);
        long end = offset + (lengthAndFin >>> 1);
        // The same bytes may have arrived in another packet.
        lost.add(from, end);
        lost.removeAll(acked, from, end);
        if ((lengthAndFin & 1) != 0 && !finAcked) {
            finLost = true;
        }
        if (finLost || !lost.isEmpty()) {
            stream.queueData();
        }
    }

    /** The peer allows more (MAX_STREAM_DATA or a transport parameter). */
    void onMaxStreamData(long maximumBytes) {
        if (maximumBytes > maxStreamData) {
            maxStreamData = maximumBytes;
            blockedLimit.cancel();
            stream.queueData();
        }
    }

    /** STOP_SENDING is answered by RESET_STREAM with the same code (RFC 9000 §3.5). */
    void onStopSending(long errorCode) {
        if (state.sendsData()) {
            stopCode = errorCode;
            startReset(errorCode, finishRequested || requestedResetCode != NONE);
            stream.onWritable();
        }
    }

    /** The application did something since the last call. */
    void onApplicationActed() {
        long requested = requestedResetCode;
        if (requested != NONE && state.sendsData()) {
            startReset(requested, true);
        }
    }

    private void startReset(long errorCode, boolean writerStopped) {
        state = SendState.RESET_SENT;
        lost.clear();
        acked.clear();
        finLost = false;
        blockedLimit.cancel();
        if (writerStopped) {
            buffer.freeAll(buffer.writtenBytes());
        } else {
            buffer.abandon();
        }
        resetCode.offer(errorCode);
    }

    private void onResetChanged() {
        if (resetCode.isAcknowledged()) {
            state = SendState.RESET_RECVD;
            stream.onHalfChanged();
        } else {
            stream.queueControl();
        }
    }

    /** Whether only the connection's credit keeps new data from being sent. */
    boolean awaitsConnectionCredit() {
        return state.sendsData() && sentBytes < maxStreamData && buffer.writtenBytes() > sentBytes;
    }

    /** Tells the peer if its stream limit keeps data from being sent (RFC 9000 §4.1). */
    void noteIfBlocked() {
        if (state.sendsData() && sentBytes == maxStreamData && buffer.writtenBytes() > sentBytes) {
            blockedLimit.offer(maxStreamData);
        }
    }

    boolean hasControlFrames() {
        return resetCode.isDue() || blockedLimit.isDue();
    }

    /** Writes RESET_STREAM or STREAM_DATA_BLOCKED; the caller has seen to the room. */
    void writeControlFrame(ByteWriter out, SentPacket packet) {
        if (resetCode.isDue()) {
            ResetStreamFrame.encode(out, stream.id(), resetCode.send(packet), sentBytes);
        } else if (blockedLimit.isDue()) {
            StreamDataBlockedFrame.encode(out, stream.id(), blockedLimit.send(packet));
        }
    }

    boolean isDone() {
        return state.isTerminal();
    }

    SendState state() {
        return state;
    }

    /** Bytes of the application's held until acknowledged. */
    long heldBytes() {
        return state.sendsData() ? buffer.heldBytes() : 0;
    }
}
