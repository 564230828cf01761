package dev.tern.crypto.aead;

import java.security.GeneralSecurityException;
import java.security.Provider;

import javax.crypto.Cipher;

/**
 * Masks by AES (RFC 9001 §5.4.3). The JDK's own: its machine code for AES costs no more than a
 * native library's and needs no call.
 */
final class AesMask implements HeaderMask {
    private static final String TRANSFORMATION = "AES/ECB/NoPadding";

    /** Found once: looking for it costs as much as making five masks. */
    private static final Provider PROVIDER = provider();

    private Cipher cipher;

    AesMask(byte[] headerKey) {
        WipeableKey key = new WipeableKey("AES", headerKey);
        try {
            cipher = Cipher.getInstance(TRANSFORMATION, PROVIDER);
            cipher.init(Cipher.ENCRYPT_MODE, key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no AES", e);
        } finally {
            key.destroy();
        }
    }

    private static Provider provider() {
        try {
            return Cipher.getInstance(TRANSFORMATION).getProvider();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no AES", e);
        }
    }

    @Override
    public void mask(byte[] samples, int offset, int count, byte[] masks) {
        if (cipher == null) {
            throw new IllegalStateException("this key has been destroyed");
        }
        try {
            cipher.update(samples, offset, count * SAMPLE_BYTES, masks, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot make a header protection mask", e);
        }
    }

    @Override
    public void destroy() {
        cipher = null;
    }
}
