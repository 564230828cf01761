package dev.tern.crypto;

/**
 * An AEAD with one key, in place on heap arrays (RFC 9001 §5.3). The text directly follows its
 * associated data. Used by one thread.
 */
interface Aead {
    int NONCE_BYTES = 12;
    int TAG_BYTES = 16;

    /** Encrypts in place and writes the tag behind the text. */
    void seal(byte[] nonce, byte[] buffer, int aadOffset, int aadLength, int textLength);

    /**
     * Decrypts in place.
     *
     * @param sealedLength length of the encrypted text and its tag
     * @return length of the text, or -1 if it does not authenticate: the bytes at its place are
     *     then lost
     */
    int open(byte[] nonce, byte[] buffer, int aadOffset, int aadLength, int sealedLength);

    /** Wipes the key; nothing can be sealed or opened after. */
    void destroy();
}
