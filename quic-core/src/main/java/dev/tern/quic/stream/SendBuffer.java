package dev.tern.quic.stream;

import static dev.tern.quic.stream.SegmentPool.SEGMENT_BYTES;
import static dev.tern.quic.stream.SegmentPool.SEGMENT_MASK;
import static dev.tern.quic.stream.SegmentPool.SEGMENT_SHIFT;

import dev.tern.quic.flow.BufferTuning;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;

/**
 * The bytes of a stream from the application's write until the peer has them: a ring of segments,
 * filled by one writer, read and freed by the agent. A segment belongs to the writer until {@code
 * written} passes its bytes, and its slot to the agent until {@code freed} passes its end.
 */
final class SendBuffer {
    private static final VarHandle WRITTEN;
    private static final VarHandle SENT;
    private static final VarHandle FREED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            WRITTEN = lookup.findVarHandle(SendBuffer.class, "written", long.class);
            SENT = lookup.findVarHandle(SendBuffer.class, "sent", long.class);
            FREED = lookup.findVarHandle(SendBuffer.class, "freed", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final SegmentPool pool;
    private final BufferTuning tuning;
    private final byte[][] segments;
    private long written;
    private long sent;
    private long freed;

    SendBuffer(BufferTuning tuning, SegmentPool pool) {
        this.tuning = tuning;
        this.pool = pool;
        // One more than the capacity needs: a full buffer may begin inside a segment.
        int slots = (tuning.maxSendBufferBytes() + SEGMENT_BYTES - 1) / SEGMENT_BYTES + 1;
        this.segments = new byte[slots][];
    }

    /** Writer: how many bytes {@link #write} would take. */
    int writableBytes() {
        long held = written - (long) FREED.getAcquire(this);
        long unsent = written - (long) SENT.getAcquire(this);
        long room = Math.min(tuning.sendBufferBytes() - held, tuning.maxUnsentBytes() - unsent);
        // More may be held than there is room for now: other streams were opened meanwhile.
        return (int) Math.max(0, room);
    }

    /** Writer: copies what fits. */
    int write(byte[] source, int offset, int length) {
        int count = Math.min(length, writableBytes());
        int copied = 0;
        while (copied < count) {
            int part = partBytes(count - copied);
            System.arraycopy(source, offset + copied, segment(), within(written), part);
            publish(part);
            copied += part;
        }
        return count;
    }

    /** Writer: copies what fits. */
    int write(ByteBuffer source) {
        int count = Math.min(source.remaining(), writableBytes());
        int copied = 0;
        while (copied < count) {
            int part = partBytes(count - copied);
            source.get(segment(), within(written), part);
            publish(part);
            copied += part;
        }
        return count;
    }

    private byte[] segment() {
        int slot = slot(written);
        if (within(written) == 0) {
            segments[slot] = pool.take();
        }
        return segments[slot];
    }

    /** Writer: how many of so many bytes go into the segment at hand. */
    private int partBytes(int wanted) {
        return Math.min(SEGMENT_BYTES - within(written), wanted);
    }

    private void publish(int bytes) {
        WRITTEN.setRelease(this, written + bytes);
    }

    private static int within(long position) {
        return (int) position & SEGMENT_MASK;
    }

    /** Agent: how many bytes there are since the stream began. */
    long writtenBytes() {
        return (long) WRITTEN.getAcquire(this);
    }

    /**
     * Agent: the bytes before this offset have been sent at least once.
     *
     * @return whether little enough is left for a writer that waits to go on
     */
    boolean sent(long toOffset) {
        long half = writtenBytes() - tuning.maxUnsentBytes() / 2;
        boolean crosses = sent < half && toOffset >= half;
        SENT.setRelease(this, toOffset);
        return crosses;
    }

    /** Agent: bytes held now. */
    long heldBytes() {
        return writtenBytes() - freed;
    }

    /** Agent: copies bytes written and not freed. */
    void copyTo(long position, byte[] destination, int offset, int length) {
        int copied = 0;
        while (copied < length) {
            int within = (int) (position + copied) & SEGMENT_MASK;
            int part = Math.min(SEGMENT_BYTES - within, length - copied);
            byte[] segment = segments[slot(position + copied)];
            System.arraycopy(segment, within, destination, offset + copied, part);
            copied += part;
        }
    }

    /** Agent: the bytes before this offset are not needed again. */
    void free(long toOffset) {
        releaseWholeSegments(toOffset);
        FREED.setRelease(this, toOffset);
    }

    /**
     * Agent: nothing is needed any more and the writer will not write again.
     *
     * @param toOffset all that was written
     */
    void freeAll(long toOffset) {
        free(toOffset);
        if (((int) toOffset & SEGMENT_MASK) != 0) {
            release(slot(toOffset));
        }
    }

    /**
     * Agent: nothing is needed any more, but the writer may be writing at this moment. The segment
     * it may hold is left to the garbage collector, for recycled it would carry another stream's
     * bytes.
     */
    void abandon() {
        releaseWholeSegments(writtenBytes());
    }

    private void releaseWholeSegments(long toOffset) {
        long end = toOffset >>> SEGMENT_SHIFT;
        for (long index = freed >>> SEGMENT_SHIFT; index < end; index++) {
            release((int) (index % segments.length));
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
