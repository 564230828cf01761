package dev.tern.crypto.aead;

/** The AEADs that QUIC uses (RFC 9001 §5.3). */
public enum AeadAlgorithm {
    AES_128_GCM(16),
    AES_256_GCM(32),
    CHACHA20_POLY1305(32);

    private final int keyBytes;

    AeadAlgorithm(int keyBytes) {
        this.keyBytes = keyBytes;
    }

    /** Length of the packet protection key, and of the header protection key (RFC 9001 §5.4.1). */
    public int keyBytes() {
        return keyBytes;
    }

    /** Whether its header protection is AES, too, and not ChaCha20 (RFC 9001 §5.4.3). */
    public boolean isAes() {
        return this != CHACHA20_POLY1305;
    }
}
