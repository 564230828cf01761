package dev.tern.quic.cid;

import java.security.GeneralSecurityException;

import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** AES-128 of the JDK, one block at a time. */
final class AesBlocks implements BlockCipher {
    private static final int BLOCK_BYTES = 16;

    private final Cipher encryption;
    private final Cipher decryption;

    AesBlocks(byte[] key) {
        try {
            encryption = Cipher.getInstance("AES/ECB/NoPadding");
            encryption.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
            decryption = Cipher.getInstance("AES/ECB/NoPadding");
            decryption.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void encrypt(byte[] buffer, int offset) {
        apply(encryption, buffer, offset);
    }

    @Override
    public void decrypt(byte[] buffer, int offset) {
        apply(decryption, buffer, offset);
    }

    private static void apply(Cipher cipher, byte[] buffer, int offset) {
        try {
            cipher.doFinal(buffer, offset, BLOCK_BYTES, buffer, offset);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
