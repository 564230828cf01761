package dev.tern.quic.io;

import dev.tern.quic.connection.Transmit;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Native memory where trains lie from when they are sealed until the kernel has taken them, one
 * behind the other. Owned by one agent; not thread-safe.
 */
final class TrainMemory {
    /** More than an agent sends in a round: what is written again next time is in the caches. */
    private static final long BYTES = 256 << 10;

    private static final long ALIGNMENT = 64;

    private MemorySegment all;
    private long used;

    /** Whether there is room for another train. */
    boolean hasRoom() {
        return BYTES - used >= Transmit.MAX_TRAIN_BYTES;
    }

    /** Lets the next train be put here. */
    void offer(Transmit transmit) {
        if (all == null) {
            all = Arena.ofAuto().allocate(BYTES, ALIGNMENT);
        }
        transmit.target(all, used);
    }

    /** Keeps what is there now. */
    void keep(Transmit transmit) {
        if (transmit.isInTarget()) {
            used += (transmit.length() + ALIGNMENT - 1) & -ALIGNMENT;
        }
    }

    /** The kernel has taken all of it. */
    void clear() {
        used = 0;
    }
}
