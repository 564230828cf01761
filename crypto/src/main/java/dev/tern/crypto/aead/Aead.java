package dev.tern.crypto.aead;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * An AEAD with one key and one IV, in place on heap arrays (RFC 9001 §5.3). The payload directly
 * follows the header, which is its associated data.
 *
 * <p>Used by one thread. It may be destroyed by another one, after the last use.
 */
public interface Aead {
    int NONCE_BYTES = 12;
    int TAG_BYTES = 16;

    /**
     * Encrypts in place and writes the tag behind the payload.
     *
     * @param pathId 0 where a connection is not multipath (RFC 10069)
     */
    void seal(
            int pathId,
            long packetNumber,
            byte[] buffer,
            int headerOffset,
            int headerLength,
            int payloadLength);

    /**
     * As {@link #seal}, but the sealed packet is written to native memory, header and all; what the
     * array holds after is of no use.
     *
     * @param to native memory, with room for the packet and its tag
     */
    default void sealTo(
            int pathId,
            long packetNumber,
            byte[] buffer,
            int headerOffset,
            int headerLength,
            int payloadLength,
            MemorySegment to,
            long toOffset) {
        seal(pathId, packetNumber, buffer, headerOffset, headerLength, payloadLength);
        int length = headerLength + payloadLength + TAG_BYTES;
        MemorySegment.copy(buffer, headerOffset, to, ValueLayout.JAVA_BYTE, toOffset, length);
    }

    /**
     * Decrypts in place. Never throws, whatever a peer has sent.
     *
     * @param sealedLength length of the encrypted payload and its tag
     * @return length of the payload, or -1 if it does not authenticate: the bytes at its place are
     *     then lost
     */
    int open(
            int pathId,
            long packetNumber,
            byte[] buffer,
            int headerOffset,
            int headerLength,
            int sealedLength);

    /** Wipes the key; nothing can be sealed or opened after. */
    void destroy();
}
