package dev.tern.crypto;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.tern.crypto.aead.HeaderMask;

import java.lang.foreign.MemorySegment;

/** Masks and unmasks the headers of one direction's packets (RFC 9001 §5.4). Used by one thread. */
final class HeaderProtection {
    static final int SAMPLE_BYTES = HeaderMask.SAMPLE_BYTES;

    /** The sample is taken as if the packet number had its full length (RFC 9001 §5.4.2). */
    private static final int SAMPLE_DISTANCE = 4;

    private static final int LONG_HEADER = 0x80;
    private static final int LONG_HEADER_MASK = 0x0f;
    private static final int SHORT_HEADER_MASK = 0x1f;
    private static final int PACKET_NUMBER_LENGTH_MASK = 0x03;

    private final HeaderMask headerMask;
    private final byte[] mask = new byte[SAMPLE_BYTES];

    HeaderProtection(HeaderMask headerMask) {
        this.headerMask = headerMask;
    }

    void protect(byte[] buffer, int headerOffset, int pnOffset, int pnLength) {
        headerMask.mask(buffer, pnOffset + SAMPLE_DISTANCE, 1, mask);
        apply(mask, 0, buffer, headerOffset, pnOffset, pnLength);
    }

    /** The masks of many packets cost little more in one call than the mask of one. */
    void protect(byte[] buffer, PacketTrain train) {
        byte[] samples = train.samples();
        byte[] masks = train.masks();
        for (int i = 0; i < train.size(); i++) {
            int sampled = train.numberOffset(i) + SAMPLE_DISTANCE;
            System.arraycopy(buffer, sampled, samples, i * SAMPLE_BYTES, SAMPLE_BYTES);
        }
        headerMask.mask(samples, 0, train.size(), masks);
        for (int i = 0; i < train.size(); i++) {
            int pnOffset = train.numberOffset(i);
            apply(
                    masks,
                    i * SAMPLE_BYTES,
                    buffer,
                    train.headerOffset(i),
                    pnOffset,
                    train.payloadOffset(i) - pnOffset);
        }
    }

    /** The same where the packets are in native memory. */
    void protect(MemorySegment packets, PacketTrain train) {
        long base = train.targetOffset();
        byte[] samples = train.samples();
        byte[] masks = train.masks();
        for (int i = 0; i < train.size(); i++) {
            long sampled = base + train.numberOffset(i) + SAMPLE_DISTANCE;
            MemorySegment.copy(
                    packets, JAVA_BYTE, sampled, samples, i * SAMPLE_BYTES, SAMPLE_BYTES);
        }
        headerMask.mask(samples, 0, train.size(), masks);
        for (int i = 0; i < train.size(); i++) {
            apply(
                    masks,
                    i * SAMPLE_BYTES,
                    packets,
                    base + train.headerOffset(i),
                    base + train.numberOffset(i),
                    train.payloadOffset(i) - train.numberOffset(i));
        }
    }

    private static void apply(
            byte[] masks,
            int maskOffset,
            MemorySegment packets,
            long headerOffset,
            long pnOffset,
            int pnLength) {
        byte first = packets.get(JAVA_BYTE, headerOffset);
        packets.set(
                JAVA_BYTE, headerOffset, (byte) (first ^ firstByteMask(masks[maskOffset], first)));
        for (int i = 0; i < pnLength; i++) {
            byte number = packets.get(JAVA_BYTE, pnOffset + i);
            packets.set(JAVA_BYTE, pnOffset + i, (byte) (number ^ masks[maskOffset + 1 + i]));
        }
    }

    int unprotect(byte[] buffer, int headerOffset, int pnOffset) {
        headerMask.mask(buffer, pnOffset + SAMPLE_DISTANCE, 1, mask);
        buffer[headerOffset] ^= firstByteMask(mask[0], buffer[headerOffset]);
        int pnLength = (buffer[headerOffset] & PACKET_NUMBER_LENGTH_MASK) + 1;
        for (int i = 0; i < pnLength; i++) {
            buffer[pnOffset + i] ^= mask[1 + i];
        }
        return pnLength;
    }

    private static void apply(
            byte[] masks,
            int maskOffset,
            byte[] buffer,
            int headerOffset,
            int pnOffset,
            int pnLength) {
        buffer[headerOffset] ^= firstByteMask(masks[maskOffset], buffer[headerOffset]);
        for (int i = 0; i < pnLength; i++) {
            buffer[pnOffset + i] ^= masks[maskOffset + 1 + i];
        }
    }

    private static byte firstByteMask(byte mask, byte firstByte) {
        int maskedBits = (firstByte & LONG_HEADER) != 0 ? LONG_HEADER_MASK : SHORT_HEADER_MASK;
        return (byte) (mask & maskedBits);
    }

    void destroy() {
        headerMask.destroy();
    }
}
