package dev.tern.crypto;

import dev.tern.crypto.aead.WipeableKey;

import java.security.GeneralSecurityException;

import javax.crypto.Cipher;

/**
 * AES-128 on single 16-byte blocks, in place and without allocating: for routable connection IDs
 * (draft-ietf-quic-load-balancers). Used by one thread.
 */
public final class AesBlock {
    public static final int KEY_BYTES = 16;
    public static final int BLOCK_BYTES = 16;

    private final Cipher encryptor;
    private final Cipher decryptor;
    private final byte[] block = new byte[BLOCK_BYTES];

    public AesBlock(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "an AES-128 key has 16 bytes, this one " + key.length);
        }
        encryptor = cipher(Cipher.ENCRYPT_MODE, key);
        decryptor = cipher(Cipher.DECRYPT_MODE, key);
    }

    /** A cipher that needs no further {@code init}, ready for one block after the other. */
    static Cipher cipher(int mode, byte[] keyBytes) {
        WipeableKey key = new WipeableKey("AES", keyBytes);
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(mode, key);
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no AES", e);
        } finally {
            key.destroy();
        }
    }

    /** Encrypts the 16 bytes at {@code offset} in place. */
    public void encrypt(byte[] buffer, int offset) {
        apply(encryptor, buffer, offset);
    }

    /** Decrypts the 16 bytes at {@code offset} in place. */
    public void decrypt(byte[] buffer, int offset) {
        apply(decryptor, buffer, offset);
    }

    private void apply(Cipher cipher, byte[] buffer, int offset) {
        // From an array of its own: for overlapping ones the JDK makes a copy on the heap.
        System.arraycopy(buffer, offset, block, 0, BLOCK_BYTES);
        try {
            cipher.update(block, 0, BLOCK_BYTES, buffer, offset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot apply AES to a block", e);
        }
    }
}
