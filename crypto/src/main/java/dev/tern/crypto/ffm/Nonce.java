package dev.tern.crypto.ffm;

import dev.tern.crypto.aead.Aead;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The nonce of the packet at hand, in native memory: the IV, exclusive-or'ed with path id (32 bits)
 * and packet number (64 bits). For path 0 this is RFC 9001 §5.3, for the others RFC 10069.
 */
final class Nonce {
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment bytes;
    private final long address;
    private int ivHead;
    private long ivTail;

    /**
     * @param bytes where the nonce is to be
     */
    Nonce(MemorySegment bytes, byte[] iv) {
        this.bytes = bytes;
        address = bytes.address();
        MemorySegment.copy(iv, 0, bytes, ValueLayout.JAVA_BYTE, 0, Aead.NONCE_BYTES);
        ivHead = bytes.get(INT, 0);
        ivTail = bytes.get(LONG, Integer.BYTES);
    }

    /** Its address, now that it is the nonce of this packet. */
    long of(int pathId, long packetNumber) {
        bytes.set(INT, 0, ivHead ^ pathId);
        bytes.set(LONG, Integer.BYTES, ivTail ^ packetNumber);
        return address;
    }

    void destroy() {
        ivHead = 0;
        ivTail = 0;
        bytes.set(INT, 0, 0);
        bytes.set(LONG, Integer.BYTES, 0);
    }
}
