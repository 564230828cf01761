package dev.tern.crypto.ffm;

import dev.tern.crypto.aead.Aead;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * Native memory in which one packet at a time is sealed or opened. The two copies cost less than
 * the segments that a native call on the heap's own arrays needs, as soon as the compiler cannot
 * make those vanish; and nothing that does not authenticate ever gets back to the heap.
 */
final class PacketScratch {
    /** A cache line, and the widest vector: the payload begins at a multiple of it. */
    private static final int ALIGNMENT_BYTES = 64;

    /** A packet on almost any path. Larger ones come where jumbo frames or loopback allow them. */
    static final int USUAL_BYTES = 2048;

    private MemorySegment segment;
    private int payloadOffset;

    PacketScratch(Arena arena) {
        this(arena.allocate(USUAL_BYTES, ALIGNMENT_BYTES));
    }

    /**
     * @param first memory to begin with, of {@link #USUAL_BYTES}, aligned to 64
     */
    PacketScratch(MemorySegment first) {
        segment = first;
    }

    /**
     * Copies a packet in.
     *
     * @param restLength how many of the bytes behind the header to copy
     * @param spareLength how many bytes more will be written behind them
     * @return the address of what follows the header; the header ends there
     */
    long load(byte[] buffer, int headerOffset, int headerLength, int restLength, int spareLength) {
        payloadOffset = (headerLength + ALIGNMENT_BYTES - 1) & -ALIGNMENT_BYTES;
        int needed = payloadOffset + restLength + spareLength;
        if (needed > segment.byteSize()) {
            segment.fill((byte) 0);
            segment = Arena.ofAuto().allocate(needed, ALIGNMENT_BYTES);
        }
        MemorySegment.copy(
                buffer,
                headerOffset,
                segment,
                ValueLayout.JAVA_BYTE,
                payloadOffset - headerLength,
                headerLength + restLength);
        return segment.address() + payloadOffset;
    }

    /**
     * Copies a packet to other native memory, where there must be room for its tag, too.
     *
     * @return the address of what follows the header there
     */
    static long copy(
            byte[] buffer,
            int headerOffset,
            int headerLength,
            int payloadLength,
            MemorySegment to,
            long toOffset) {
        int length = headerLength + payloadLength;
        if (!to.isNative()) {
            throw new IllegalArgumentException("sealed packets go to native memory");
        }
        Objects.checkFromIndexSize(toOffset, length + Aead.TAG_BYTES, to.byteSize());
        MemorySegment.copy(buffer, headerOffset, to, ValueLayout.JAVA_BYTE, toOffset, length);
        return to.address() + toOffset + headerLength;
    }

    /** Copies what follows the header back. */
    void store(byte[] buffer, int offset, int length) {
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, payloadOffset, buffer, offset, length);
    }

    long word(long offset) {
        return segment.get(ValueLayout.JAVA_LONG_UNALIGNED, payloadOffset + offset);
    }

    void destroy() {
        segment.fill((byte) 0);
    }
}
