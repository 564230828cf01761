package dev.tern.crypto.aead;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.ArrayDeque;

import javax.crypto.Cipher;

/**
 * Masks by AES (RFC 9001 §5.4.3). The JDK's own: its machine code for AES costs no more than a
 * native library's and needs no call.
 */
final class AesMask implements HeaderMask {
    private static final String TRANSFORMATION = "AES/ECB/NoPadding";

    /** Of a key that is wiped: the JDK's ciphers forget a key only for another one. */
    private static final byte[] NO_KEY = new byte[16];

    private static final int MOST_KEPT = 256;

    /** To be used again: making a cipher costs as much as expanding its key and ten masks. */
    private static final ArrayDeque<Cipher> SPARE = new ArrayDeque<>();

    /** Found once: looking for it costs as much as making five masks. */
    private static final Provider PROVIDER = provider();

    private Cipher cipher;

    AesMask(byte[] headerKey) {
        cipher = spare();
        setKey(cipher, headerKey);
    }

    private static Cipher spare() {
        synchronized (SPARE) {
            Cipher spare = SPARE.poll();
            if (spare != null) {
                return spare;
            }
        }
        try {
            return Cipher.getInstance(TRANSFORMATION, PROVIDER);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no AES", e);
        }
    }

    private static void setKey(Cipher cipher, byte[] bytes) {
        WipeableKey key = new WipeableKey("AES", bytes);
        try {
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
    public synchronized void destroy() {
        if (cipher == null) {
            return;
        }
        Cipher used = cipher;
        cipher = null;
        setKey(used, NO_KEY);
        synchronized (SPARE) {
            if (SPARE.size() < MOST_KEPT) {
                SPARE.push(used);
            }
        }
    }
}
