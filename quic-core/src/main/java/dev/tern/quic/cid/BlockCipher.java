package dev.tern.quic.cid;

/** A cipher of 16-byte blocks with its key inside: AES-128. Not thread-safe. */
public interface BlockCipher {
    /** Encrypts the 16 bytes at {@code offset} in place. */
    void encrypt(byte[] buffer, int offset);

    /** Decrypts the 16 bytes at {@code offset} in place. */
    void decrypt(byte[] buffer, int offset);
}
