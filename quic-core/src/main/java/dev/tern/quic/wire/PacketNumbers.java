package dev.tern.quic.wire;

/** Packet numbers are sent in one to four bytes (RFC 9000 §17.1, §A.2, §A.3). */
public final class PacketNumbers {
    public static final int MAX_LENGTH = 4;

    private PacketNumbers() {}

    /**
     * How many bytes the receiver needs to tell this number from every other in flight (§A.2).
     *
     * @param largestAcked the largest packet number acknowledged, -1 before the first
     */
    public static int encodedLength(long packetNumber, long largestAcked) {
        long unacked = packetNumber - largestAcked;
        int bits = Long.SIZE - Long.numberOfLeadingZeros(unacked - 1) + 1;
        return Math.min(MAX_LENGTH, (bits + 7) / 8);
    }

    /**
     * The whole number (§A.3).
     *
     * @param truncated what the packet says
     * @param length in how many bytes, 1 to 4
     * @param expected the largest number received in this space, plus one
     */
    public static long decode(long truncated, int length, long expected) {
        long window = 1L << (length * 8);
        long half = window / 2;
        long candidate = (expected & -window) | truncated;
        if (candidate <= expected - half && candidate < (1L << 62) - window) {
            return candidate + window;
        }
        if (candidate > expected + half && candidate >= window) {
            return candidate - window;
        }
        return candidate;
    }

    /** The truncated number at {@code offset}, 1 to 4 bytes, after header protection is removed. */
    public static long read(byte[] buffer, int offset, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = (value << 8) | (buffer[offset + i] & 0xff);
        }
        return value;
    }

    /** Writes the low bytes of a number. */
    static void write(ByteWriter out, long packetNumber, int length) {
        for (int shift = (length - 1) * 8; shift >= 0; shift -= 8) {
            out.writeByte((int) (packetNumber >>> shift));
        }
    }
}
