package dev.tern.crypto;

import java.util.HexFormat;

/**
 * The tag at the end of a Retry packet (RFC 9001 §5.8). Its key is public: it proves that the
 * sender of the Retry saw the Initial, and catches corruption.
 */
public final class RetryIntegrity {
    public static final int TAG_BYTES = Aead.TAG_BYTES;

    private static final byte[] V1_KEY =
            HexFormat.of().parseHex("be0c690b9f66575a1d766b54e368c84e");
    private static final byte[] V1_NONCE = HexFormat.of().parseHex("461599d35d632bf2239825bb");

    private RetryIntegrity() {}

    /**
     * Writes the tag of a version 1 Retry behind it.
     *
     * @param originalDcid Destination Connection ID of the Initial that is answered
     * @param retryLength length of the packet without the tag
     */
    public static void signV1(
            byte[] originalDcid,
            int dcidOffset,
            int dcidLength,
            byte[] buffer,
            int retryOffset,
            int retryLength) {
        byte[] tag = tagV1(originalDcid, dcidOffset, dcidLength, buffer, retryOffset, retryLength);
        System.arraycopy(tag, 0, buffer, retryOffset + retryLength, TAG_BYTES);
    }

    /**
     * Whether a version 1 Retry carries the right tag.
     *
     * @param originalDcid Destination Connection ID of the Initial that was sent
     * @param sealedLength length of the packet with the tag
     */
    public static boolean verifyV1(
            byte[] originalDcid,
            int dcidOffset,
            int dcidLength,
            byte[] buffer,
            int retryOffset,
            int sealedLength) {
        int retryLength = sealedLength - TAG_BYTES;
        if (retryLength < 0) {
            return false;
        }
        byte[] tag = tagV1(originalDcid, dcidOffset, dcidLength, buffer, retryOffset, retryLength);
        return ConstantTime.equal(tag, 0, buffer, retryOffset + retryLength, TAG_BYTES);
    }

    /** Seals nothing, with the Retry Pseudo-Packet as associated data. */
    private static byte[] tagV1(
            byte[] originalDcid,
            int dcidOffset,
            int dcidLength,
            byte[] buffer,
            int retryOffset,
            int retryLength) {
        int pseudoLength = 1 + dcidLength + retryLength;
        byte[] pseudoPacket = new byte[pseudoLength + TAG_BYTES];
        pseudoPacket[0] = (byte) dcidLength;
        System.arraycopy(originalDcid, dcidOffset, pseudoPacket, 1, dcidLength);
        System.arraycopy(buffer, retryOffset, pseudoPacket, 1 + dcidLength, retryLength);
        // A cipher per tag: one that is kept would refuse to use this nonce twice.
        new AesGcm(V1_KEY).seal(V1_NONCE, pseudoPacket, 0, pseudoLength, 0);
        byte[] tag = new byte[TAG_BYTES];
        System.arraycopy(pseudoPacket, pseudoLength, tag, 0, TAG_BYTES);
        return tag;
    }
}
