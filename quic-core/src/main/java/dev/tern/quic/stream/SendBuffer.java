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

    /** Set by a writer that finds no room or asks for it, taken back when it is to look again. */
    private volatile boolean awaitsRoom;

    SendBuffer(BufferTuning tuning, SegmentPool pool) {
        this.tuning = tuning;
        this.pool = pool;
        // One more than the capacity needs: a full buffer may begin inside a segment.
        int slots = (tuning.maxSendBufferBytes() + SEGMENT_BYTES - 1) / SEGMENT_BYTES + 1;
        this.segments = new byte[slots][];
    }

    /**
     * Writer: how many bytes {@link #write} would take. Whoever asks may want more than that, and
     * is told of room.
     */
    int writableBytes() {
        awaitsRoom = true;
        return room();
    }

    /** The same for a writer that wants no more than there is, and else is told of room. */
    private int roomOrWait() {
        int room = room();
        if (room == 0) {
            awaitsRoom = true;
            room = room(); // It may have become free before the agent could know.
        }
        return room;
    }

    private int room() {
        long held = written - (long) FREED.getVolatile(this);
        long unsent = written - (long) SENT.getVolatile(this);
        long room = Math.min(tuning.sendBufferBytes() - held, tuning.maxUnsentBytes() - unsent);
        // More may be held than there is room for now: other streams were opened meanwhile.
        return (int) Math.max(0, room);
    }

    /** Writer: copies what fits. Who fills the buffer to the last byte is told of room, too. */
    int write(byte[] source, int offset, int length) {
        int copied = 0;
        int room = roomOrWait();
        while (copied < length && room > 0) {
            int part = partBytes(Math.min(room, length - copied));
            System.arraycopy(source, offset + copied, segment(), within(written), part);
            publish(part);
            copied += part;
            room = roomOrWait();
        }
        return copied;
    }

    /** Writer: copies what fits, in the same way. */
    int write(ByteBuffer source) {
        int before = source.remaining();
        int room = roomOrWait();
        while (source.hasRemaining() && room > 0) {
            int part = partBytes(Math.min(room, source.remaining()));
            source.get(segment(), within(written), part);
            publish(part);
            room = roomOrWait();
        }
        return before - source.remaining();
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
     * @return whether a writer that found no room is to look again
     */
    boolean sent(long toOffset) {
        // No fence: whoever is missed here is found when these bytes are acknowledged.
        SENT.setRelease(this, toOffset);
        return takeWaiting();
    }

    /**
     * Half of what may be unsent has gone, and a quarter of the buffer is free: to be told of every
     * packet would cost a writer more than to wait for a few.
     */
    private boolean takeWaiting() {
        if (!awaitsRoom) {
            return false;
        }
        long end = writtenBytes();
        int capacity = tuning.sendBufferBytes();
        if (end - sent > tuning.maxUnsentBytes() / 2 || end - freed > capacity - capacity / 4) {
            return false;
        }
        awaitsRoom = false;
        return true;
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

    /**
     * Agent: the bytes before this offset are not needed again.
     *
     * @return as {@link #sent}
     */
    boolean free(long toOffset) {
        releaseWholeSegments(toOffset);
        FREED.setVolatile(this, toOffset);
        return takeWaiting();
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
