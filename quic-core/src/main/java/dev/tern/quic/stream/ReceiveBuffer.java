package dev.tern.quic.stream;

import static dev.tern.quic.stream.SegmentPool.SEGMENT_BYTES;
import static dev.tern.quic.stream.SegmentPool.SEGMENT_MASK;
import static dev.tern.quic.stream.SegmentPool.SEGMENT_SHIFT;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/**
 * The bytes of a stream from their arrival, in any order, until the application reads them: a ring
 * of segments as large as the stream's window, filled by the agent, read and freed by one reader. A
 * slot belongs to the agent until {@code readable} passes into it, to the reader until {@code
 * consumed} passes its end.
 */
final class ReceiveBuffer {
    private static final VarHandle READABLE;
    private static final VarHandle CONSUMED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            READABLE = lookup.findVarHandle(ReceiveBuffer.class, "readable", long.class);
            CONSUMED = lookup.findVarHandle(ReceiveBuffer.class, "consumed", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final SegmentPool pool;
    private final byte[][] segments;
    private long readable;
    private long consumed;

    /**
     * @param maxWindowBytes how far beyond what is consumed anything may lie
     */
    ReceiveBuffer(long maxWindowBytes, SegmentPool pool) {
        this.pool = pool;
        int slots = Math.toIntExact((maxWindowBytes + SEGMENT_BYTES - 1) / SEGMENT_BYTES) + 1;
        this.segments = new byte[slots][];
    }

    /** Agent: puts bytes at their place, which lies beyond all that is readable. */
    void store(long position, byte[] source, int offset, int length) {
        int stored = 0;
        while (stored < length) {
            int within = (int) (position + stored) & SEGMENT_MASK;
            int slot = slot(position + stored);
            if (segments[slot] == null) {
                segments[slot] = pool.take();
            }
            int part = Math.min(SEGMENT_BYTES - within, length - stored);
            System.arraycopy(source, offset + stored, segments[slot], within, part);
            stored += part;
        }
    }

    /** Agent: how far the bytes are without a gap. */
    long readableTo() {
        return readable;
    }

    /** Agent: the reader may read as far as here. */
    void publish(long toOffset) {
        READABLE.setRelease(this, toOffset);
    }

    /** Agent: how much the reader has taken. */
    long consumedBytes() {
        return (long) CONSUMED.getAcquire(this);
    }

    /** Reader: how much it has taken. */
    long position() {
        return consumed;
    }

    /** Reader: how many bytes {@link #read} would give. */
    int readableBytes() {
        return (int) ((long) READABLE.getAcquire(this) - consumed);
    }

    /** Reader: takes bytes in order. */
    int read(byte[] destination, int offset, int length) {
        int count = Math.min(length, readableBytes());
        int taken = 0;
        while (taken < count) {
            int part = partBytes(count - taken);
            System.arraycopy(
                    segments[slot(consumed)], within(consumed), destination, offset + taken, part);
            consume(part);
            taken += part;
        }
        return count;
    }

    /** Reader: takes bytes in order, as many as there is room for. */
    int read(ByteBuffer destination) {
        int count = Math.min(destination.remaining(), readableBytes());
        int taken = 0;
        while (taken < count) {
            int part = partBytes(count - taken);
            destination.put(segments[slot(consumed)], within(consumed), part);
            consume(part);
            taken += part;
        }
        return count;
    }

    /** Reader: shows bytes in order where they lie, and is done with them. */
    int read(StreamSink sink, int limit) {
        int count = Math.min(limit, readableBytes());
        int taken = 0;
        while (taken < count) {
            int part = partBytes(count - taken);
            sink.onBytes(segments[slot(consumed)], within(consumed), part);
            consume(part);
            taken += part;
        }
        return count;
    }

    /** Reader: how many of so many bytes lie in the segment at hand. */
    private int partBytes(int wanted) {
        return Math.min(SEGMENT_BYTES - within(consumed), wanted);
    }

    private void consume(int bytes) {
        long position = consumed + bytes;
        if (within(position) == 0) {
            release(slot(consumed));
        }
        CONSUMED.setRelease(this, position);
    }

    private static int within(long position) {
        return (int) position & SEGMENT_MASK;
    }

    /** Whichever side is the only one left lets go of everything. */
    void releaseAll() {
        for (int slot = 0; slot < segments.length; slot++) {
            release(slot);
        }
    }

    private void release(int slot) {
        byte[] segment = segments[slot];
        if (segment != null) {
            segments[slot] = null;
            pool.release(segment);
        }
    }

    private int slot(long position) {
        return (int) ((position >>> SEGMENT_SHIFT) % segments.length);
    }
}
