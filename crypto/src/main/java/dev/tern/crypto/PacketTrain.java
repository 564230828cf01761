package dev.tern.crypto;

import java.lang.foreign.MemorySegment;

/**
 * Where the packets of a train lie: several packets in one buffer that are protected with one key
 * in one call, as segmentation offload sends them. Reused; not thread-safe.
 */
public final class PacketTrain {
    private final long[] packetNumbers;
    private final int[] headerOffsets;
    private final int[] numberOffsets;
    private final int[] payloadOffsets;
    private final int[] payloadLengths;
    private final byte[] samples;
    private final byte[] masks;
    private MemorySegment target;
    private long targetOffset;
    private int size;

    /**
     * @param capacity how many packets it takes
     */
    public PacketTrain(int capacity) {
        packetNumbers = new long[capacity];
        headerOffsets = new int[capacity];
        numberOffsets = new int[capacity];
        payloadOffsets = new int[capacity];
        payloadLengths = new int[capacity];
        samples = new byte[capacity * PacketProtector.SAMPLE_BYTES];
        masks = new byte[capacity * PacketProtector.SAMPLE_BYTES];
    }

    /**
     * Appends a packet.
     *
     * @param packetNumber the full one, not its encoding
     * @param numberOffset where the packet number is in the header
     * @param payloadOffset where the header ends
     * @param payloadLength without the tag, for which there must be room
     */
    public void add(
            long packetNumber,
            int headerOffset,
            int numberOffset,
            int payloadOffset,
            int payloadLength) {
        packetNumbers[size] = packetNumber;
        headerOffsets[size] = headerOffset;
        numberOffsets[size] = numberOffset;
        payloadOffsets[size] = payloadOffset;
        payloadLengths[size] = payloadLength;
        size++;
    }

    /**
     * Where the sealed packets are to be written, as they lie in the buffer.
     *
     * @param nativeMemory null for the buffer itself
     * @param offset where the buffer's first byte is to be
     */
    public void target(MemorySegment nativeMemory, long offset) {
        target = nativeMemory;
        targetOffset = offset;
    }

    MemorySegment target() {
        return target;
    }

    long targetOffset() {
        return targetOffset;
    }

    /** Whether the packets, with their tags, are all there is from the buffer's start to here. */
    public boolean spans(int end) {
        int last = size - 1;
        return size > 0
                && headerOffsets[0] == 0
                && payloadOffsets[last] + payloadLengths[last] + PacketProtector.TAG_BYTES == end;
    }

    public void clear() {
        size = 0;
    }

    public int size() {
        return size;
    }

    public int capacity() {
        return packetNumbers.length;
    }

    /** Room for what header protection samples of the packets. */
    byte[] samples() {
        return samples;
    }

    /** Room for the masks that it makes of them. */
    byte[] masks() {
        return masks;
    }

    long packetNumber(int index) {
        return packetNumbers[index];
    }

    int headerOffset(int index) {
        return headerOffsets[index];
    }

    int numberOffset(int index) {
        return numberOffsets[index];
    }

    int payloadOffset(int index) {
        return payloadOffsets[index];
    }

    int payloadLength(int index) {
        return payloadLengths[index];
    }
}
