package dev.tern.quic.stream;

import org.jctools.queues.varhandle.MpmcVarHandleArrayQueue;

/**
 * Memory for stream buffers in pieces of one size, kept for reuse up to a bound. Shared by
 * application threads and agents without locks.
 */
public final class SegmentPool {
    /** Large enough that a bulk stream changes segments once in a dozen packets. */
    static final int SEGMENT_BYTES = 16 * 1024;

    static final int SEGMENT_SHIFT = 14;
    static final int SEGMENT_MASK = SEGMENT_BYTES - 1;

    /** What was let go last is still in the processor's caches: so few that it stays there. */
    private static final int HOT_SEGMENTS = 16;

    private final MpmcVarHandleArrayQueue<byte[]> hot = new MpmcVarHandleArrayQueue<>(HOT_SEGMENTS);
    private final MpmcVarHandleArrayQueue<byte[]> free;

    /**
     * @param retainedBytes how much unused memory is kept rather than given back
     */
    public SegmentPool(int retainedBytes) {
        free = new MpmcVarHandleArrayQueue<>(Math.max(2, retainedBytes / SEGMENT_BYTES));
    }

    /** A segment with any content. */
    byte[] take() {
        byte[] segment = hot.poll();
        if (segment == null) {
            segment = free.poll();
        }
        return segment == null ? new byte[SEGMENT_BYTES] : segment;
    }

    /** Nobody needs segments for now: leaves all but a few to the garbage collector. */
    public void shrink() {
        free.clear();
    }

    /** How many unused segments are kept; about, where others take and release some. */
    int unused() {
        return hot.size() + free.size();
    }

    /** The segment's last user, whoever it was, lets go of it. */
    void release(byte[] segment) {
        if (!hot.offer(segment)) {
            free.offer(segment);
        }
    }
}
