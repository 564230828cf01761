package dev.tern.crypto;

import java.util.Arrays;

/**
 * Protects the packets of one direction at one encryption level, in place (RFC 9001 §5): an AEAD
 * key, an IV and a header protection key, all of one traffic secret. Used by one thread.
 *
 * <p>Sealing comes before header protection, removing header protection before opening. The caller
 * must never seal two packets with the same path id and packet number.
 */
public final class PacketProtector {
    /** What sealing adds to a packet. */
    public static final int TAG_BYTES = Aead.TAG_BYTES;

    /** What header protection samples, four bytes behind the start of the packet number. */
    public static final int SAMPLE_BYTES = AesBlock.BLOCK_BYTES;

    /** The sample is taken as if the packet number had its full length (RFC 9001 §5.4.2). */
    private static final int SAMPLE_DISTANCE = 4;

    private static final int LONG_HEADER = 0x80;
    private static final int LONG_HEADER_MASK = 0x0f;
    private static final int SHORT_HEADER_MASK = 0x1f;
    private static final int PACKET_NUMBER_LENGTH_MASK = 0x03;

    private final Aead aead;
    private final HeaderMask mask;
    private final byte[] iv;
    private final byte[] nonce = new byte[Aead.NONCE_BYTES];

    private PacketProtector(Aead aead, HeaderMask mask, byte[] iv) {
        this.aead = aead;
        this.mask = mask;
        this.iv = iv;
    }

    /**
     * Derives key, IV and header protection key (RFC 9001 §5.1). Keeps no reference to the secret.
     */
    public static PacketProtector fromSecret(CipherSuite suite, byte[] trafficSecret) {
        byte[] key = Hkdf.expandLabel(trafficSecret, "quic key", suite.keyBytes());
        byte[] iv = Hkdf.expandLabel(trafficSecret, "quic iv", Aead.NONCE_BYTES);
        byte[] headerKey = Hkdf.expandLabel(trafficSecret, "quic hp", suite.keyBytes());
        try {
            return new PacketProtector(suite.aead(key), new HeaderMask(headerKey), iv);
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(headerKey, (byte) 0);
        }
    }

    /**
     * Encrypts a payload in place and writes its tag behind it (RFC 9001 §5.3).
     *
     * @param pathId 0 where a connection is not multipath (RFC 10069)
     * @param packetNumber the full one, not its encoding
     * @param headerLength up to the end of the packet number; the payload follows directly
     */
    public void seal(
            int pathId,
            long packetNumber,
            byte[] buffer,
            int headerOffset,
            int headerLength,
            int payloadLength) {
        setNonce(pathId, packetNumber);
        aead.seal(nonce, buffer, headerOffset, headerLength, payloadLength);
    }

    /**
     * Decrypts a payload in place. Never throws, whatever a peer has sent.
     *
     * @param sealedLength length of the protected payload with its tag
     * @return length of the payload, or -1 if the packet does not authenticate; its payload bytes
     *     are then lost
     */
    public int open(
            int pathId,
            long packetNumber,
            byte[] buffer,
            int headerOffset,
            int headerLength,
            int sealedLength) {
        setNonce(pathId, packetNumber);
        return aead.open(nonce, buffer, headerOffset, headerLength, sealedLength);
    }

    /**
     * The IV, exclusive-or'ed with path id (32 bits) and packet number (64 bits): for path 0 this
     * is RFC 9001 §5.3, for the others RFC 10069.
     */
    private void setNonce(int pathId, long packetNumber) {
        for (int i = 0; i < Integer.BYTES; i++) {
            nonce[i] = (byte) (iv[i] ^ (pathId >>> (24 - 8 * i)));
        }
        for (int i = 0; i < Long.BYTES; i++) {
            nonce[Integer.BYTES + i] =
                    (byte) (iv[Integer.BYTES + i] ^ (packetNumber >>> (56 - 8 * i)));
        }
    }

    /**
     * Masks the first byte and the packet number of a sealed packet (RFC 9001 §5.4).
     *
     * @param pnOffset where the packet number is; the packet must reach {@code 4 + SAMPLE_BYTES}
     *     behind it
     */
    public void protectHeader(byte[] buffer, int headerOffset, int pnOffset, int pnLength) {
        sample(buffer, pnOffset);
        buffer[headerOffset] ^= firstByteMask(buffer[headerOffset]);
        maskPacketNumber(buffer, pnOffset, pnLength);
    }

    /**
     * Unmasks the first byte and the packet number (RFC 9001 §5.4). The caller guarantees that the
     * packet reaches {@code 4 + SAMPLE_BYTES} behind {@code pnOffset}.
     *
     * @return length of the packet number, 1 to 4
     */
    public int unprotectHeader(byte[] buffer, int headerOffset, int pnOffset) {
        sample(buffer, pnOffset);
        buffer[headerOffset] ^= firstByteMask(buffer[headerOffset]);
        int pnLength = (buffer[headerOffset] & PACKET_NUMBER_LENGTH_MASK) + 1;
        maskPacketNumber(buffer, pnOffset, pnLength);
        return pnLength;
    }

    private void sample(byte[] buffer, int pnOffset) {
        mask.sample(buffer, pnOffset + SAMPLE_DISTANCE);
    }

    private byte firstByteMask(byte firstByte) {
        int maskedBits = (firstByte & LONG_HEADER) != 0 ? LONG_HEADER_MASK : SHORT_HEADER_MASK;
        return (byte) (mask.at(0) & maskedBits);
    }

    private void maskPacketNumber(byte[] buffer, int pnOffset, int pnLength) {
        for (int i = 0; i < pnLength; i++) {
            buffer[pnOffset + i] ^= mask.at(1 + i);
        }
    }

    /** Wipes the keys as far as the JDK lets us; nothing can be protected after. */
    public void destroy() {
        aead.destroy();
        Arrays.fill(iv, (byte) 0);
        Arrays.fill(nonce, (byte) 0);
    }
}
