package dev.tern.crypto.aead;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;

/**
 * An AEAD by the JDK. It allocates a kilobyte or two per packet, which cannot be helped: each
 * packet needs a fresh {@code init}.
 */
final class JdkAead implements Aead {
    private static final int TAG_BITS = 8 * TAG_BYTES;

    private final boolean aes;
    private final WipeableKey key;
    private final Cipher cipher;
    private final byte[] iv;
    private final byte[] nonce = new byte[NONCE_BYTES];
    private final byte[] lastNonce = new byte[NONCE_BYTES];
    private boolean used;

    JdkAead(AeadAlgorithm algorithm, byte[] key, byte[] iv) {
        this.aes = algorithm.isAes();
        this.key = new WipeableKey(aes ? "AES" : "ChaCha20", key);
        this.iv = iv.clone();
        try {
            cipher = Cipher.getInstance(aes ? "AES/GCM/NoPadding" : "ChaCha20-Poly1305");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + algorithm, e);
        }
    }

    @Override
    public void seal(
            int pathId,
            long packetNumber,
            byte[] buffer,
            int headerOffset,
            int headerLength,
            int payloadLength) {
        setNonce(pathId, packetNumber);
        int payloadOffset = headerOffset + headerLength;
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, parameters());
            cipher.updateAAD(buffer, headerOffset, headerLength);
            cipher.doFinal(buffer, payloadOffset, payloadLength, buffer, payloadOffset);
        } catch (GeneralSecurityException e) {
            // No room for the tag, or a nonce used twice: a fault of the caller, never of a peer.
            throw new IllegalStateException("cannot seal " + payloadLength + " bytes", e);
        }
    }

    @Override
    public int open(
            int pathId,
            long packetNumber,
            byte[] buffer,
            int headerOffset,
            int headerLength,
            int sealedLength) {
        if (sealedLength < TAG_BYTES) {
            return -1;
        }
        setNonce(pathId, packetNumber);
        int payloadOffset = headerOffset + headerLength;
        try {
            allowRepetition();
            cipher.init(Cipher.DECRYPT_MODE, key, parameters());
            cipher.updateAAD(buffer, headerOffset, headerLength);
            return cipher.doFinal(buffer, payloadOffset, sealedLength, buffer, payloadOffset);
        } catch (AEADBadTagException e) {
            // Nobody shall read what was decrypted and is not authentic.
            int payloadEnd = payloadOffset + sealedLength - TAG_BYTES;
            Arrays.fill(buffer, payloadOffset, payloadEnd, (byte) 0);
            return -1;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot open " + sealedLength + " bytes", e);
        }
    }

    /**
     * The JDK's ChaCha20 refuses the nonce that it had last, for decryption too; but whoever forges
     * a packet number must not keep the true packet out.
     */
    private void allowRepetition() throws GeneralSecurityException {
        if (!aes && used && Arrays.equals(nonce, lastNonce)) {
            nonce[0] ^= 1;
            cipher.init(Cipher.DECRYPT_MODE, key, parameters());
            nonce[0] ^= 1;
        }
        System.arraycopy(nonce, 0, lastNonce, 0, NONCE_BYTES);
        used = true;
    }

    private AlgorithmParameterSpec parameters() {
        return aes ? new GCMParameterSpec(TAG_BITS, nonce) : new IvParameterSpec(nonce);
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

    @Override
    public void destroy() {
        key.destroy();
        Arrays.fill(iv, (byte) 0);
        Arrays.fill(nonce, (byte) 0);
        Arrays.fill(lastNonce, (byte) 0);
    }
}
