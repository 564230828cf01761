package dev.tern.crypto;

import java.security.GeneralSecurityException;

import javax.crypto.Cipher;

/** The mask of header protection with an AES-based suite (RFC 9001 §5.4.3). Allocates nothing. */
final class HeaderMask {
    private final Cipher cipher;
    private final byte[] mask = new byte[AesBlock.BLOCK_BYTES];

    HeaderMask(byte[] key) {
        cipher = AesBlock.cipher(Cipher.ENCRYPT_MODE, key);
    }

    /** Takes the sample at {@code sampleOffset}. */
    void sample(byte[] buffer, int sampleOffset) {
        try {
            cipher.update(buffer, sampleOffset, AesBlock.BLOCK_BYTES, mask, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot make a header protection mask", e);
        }
    }

    /** Byte {@code index} of the mask of the last sample. */
    byte at(int index) {
        return mask[index];
    }
}
