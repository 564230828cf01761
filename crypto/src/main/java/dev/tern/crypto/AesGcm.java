package dev.tern.crypto;

import java.security.GeneralSecurityException;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-GCM by the JDK. It allocates about a kilobyte per packet, which cannot be helped: each packet
 * needs a fresh {@code init}.
 */
final class AesGcm implements Aead {
    private static final int TAG_BITS = 8 * TAG_BYTES;

    private final AesKey key;
    private final Cipher cipher;

    AesGcm(byte[] key) {
        this.key = new AesKey(key);
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no AES-GCM", e);
        }
    }

    @Override
    public void seal(byte[] nonce, byte[] buffer, int aadOffset, int aadLength, int textLength) {
        int textOffset = aadOffset + aadLength;
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(buffer, aadOffset, aadLength);
            cipher.doFinal(buffer, textOffset, textLength, buffer, textOffset);
        } catch (GeneralSecurityException e) {
            // No room for the tag, or a nonce used twice: a fault of the caller, never of a peer.
            throw new IllegalStateException("cannot seal " + textLength + " bytes", e);
        }
    }

    @Override
    public int open(byte[] nonce, byte[] buffer, int aadOffset, int aadLength, int sealedLength) {
        if (sealedLength < TAG_BYTES) {
            return -1;
        }
        int textOffset = aadOffset + aadLength;
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(buffer, aadOffset, aadLength);
            return cipher.doFinal(buffer, textOffset, sealedLength, buffer, textOffset);
        } catch (AEADBadTagException e) {
            return -1;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot open " + sealedLength + " bytes", e);
        }
    }

    @Override
    public void destroy() {
        key.destroy();
    }
}
