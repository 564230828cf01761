package dev.tern.crypto.ffm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;

/**
 * Native memory for one cipher at a time, used again by the next. To leave all of it to the garbage
 * collector would keep a busy server's dead ciphers for minutes: its cleaner gives memory back only
 * after a full collection, and more slowly than connections come. What a cipher that nobody
 * destroyed has held, the collector does give back. For all threads.
 */
final class NativeBlocks {
    /** A cache line, and the widest vector. */
    private static final int ALIGNMENT_BYTES = 64;

    private static final int MOST_KEPT = 1024;

    private final long blockBytes;
    private final ArrayDeque<MemorySegment> free = new ArrayDeque<>();

    NativeBlocks(long blockBytes) {
        this.blockBytes = blockBytes;
    }

    /** A block of zeros. It lasts as long as the segment is held. */
    synchronized MemorySegment take() {
        MemorySegment block = free.poll();
        return block == null ? Arena.ofAuto().allocate(blockBytes, ALIGNMENT_BYTES) : block;
    }

    /** Its user will never touch the block again; gives it back once only. */
    synchronized void give(MemorySegment block) {
        block.fill((byte) 0);
        if (free.size() < MOST_KEPT) {
            free.push(block);
        }
    }
}
