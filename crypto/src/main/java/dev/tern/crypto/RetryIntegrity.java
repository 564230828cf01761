package dev.tern.crypto;

import dev.tern.crypto.aead.Aead;
import dev.tern.crypto.aead.AeadAlgorithm;
import dev.tern.crypto.aead.AeadProviders;

/**
 * The tag at the end of a Retry packet (RFC 9001 §5.8, RFC 9369 §3.3.3). Its key is public: it
 * proves that the sender of the Retry saw the Initial, and catches corruption.
 */
public final class RetryIntegrity {
    public static final int TAG_BYTES = Aead.TAG_BYTES;

    private RetryIntegrity() {}

    /**
     * Writes the tag of a Retry behind it.
     *
     * @param originalDcid Destination Connection ID of the Initial that is answered
     * @param retryLength length of the packet without the tag
     */
    public static void sign(
            KeySchedule schedule,
            byte[] originalDcid,
            int dcidOffset,
            int dcidLength,
            byte[] buffer,
            int retryOffset,
            int retryLength) {
        byte[] tag =
                tag(
                        schedule,
                        originalDcid,
                        dcidOffset,
                        dcidLength,
                        buffer,
                        retryOffset,
                        retryLength);
        System.arraycopy(tag, 0, buffer, retryOffset + retryLength, TAG_BYTES);
    }

    /**
     * Whether a Retry carries the right tag.
     *
     * @param originalDcid Destination Connection ID of the Initial that was sent
     * @param sealedLength length of the packet with the tag
     */
    public static boolean verify(
            KeySchedule schedule,
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
        byte[] tag =
                tag(
                        schedule,
                        originalDcid,
                        dcidOffset,
                        dcidLength,
                        buffer,
                        retryOffset,
                        retryLength);
        return ConstantTime.equal(tag, 0, buffer, retryOffset + retryLength, TAG_BYTES);
    }

    /** Seals nothing, with the Retry Pseudo-Packet as associated data. */
    private static byte[] tag(
            KeySchedule schedule,
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
        // A cipher per tag: one that is kept may refuse to use this nonce twice.
        Aead aead =
                AeadProviders.choice(AeadAlgorithm.AES_128_GCM)
                        .provider()
                        .aead(
                                AeadAlgorithm.AES_128_GCM,
                                schedule.retryKey(),
                                schedule.retryNonce());
        aead.seal(0, 0, pseudoPacket, 0, pseudoLength, 0);
        aead.destroy();
        byte[] tag = new byte[TAG_BYTES];
        System.arraycopy(pseudoPacket, pseudoLength, tag, 0, TAG_BYTES);
        return tag;
    }
}
