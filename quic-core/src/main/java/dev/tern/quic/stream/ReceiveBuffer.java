package dev.tern.quic.stream;

import static dev.tern.quic.stream.SegmentPool.SEGMENT_BYTES;
import static dev.tern.quic.stream.SegmentPool.SEGMENT_MASK;
import static dev.tern.quic.stream.SegmentPool.SEGMENT_SHIFT;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

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

    ReceiveBuffer(long windowBytes, SegmentPool pool) {
        this.pool = pool;
        int slots = Math.toIntExact((windowBytes + SEGMENT_BYTES - 1) / SEGMENT_BYTES) + 1;
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
        long position = consumed;
        long end = position + count;
        int to = offset;
        while (position < end) {
            int within = (int) position & SEGMENT_MASK;
            int slot = slot(position);
            int part = (int) Math.min(SEGMENT_BYTES - within, end - position);
            System.arraycopy(segments[slot], within, destination, to, part);
            to += part;
            position += part;
            if (((int) position & SEGMENT_MASK) == 0) {
                release(slot);
            }
        }
        CONSUMED.setRelease(this, end);
        return count;
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
