package dev.tern.crypto.aead;

/**
 * Makes the masks of header protection under one key (RFC 9001 §5.4). Allocates nothing. Used by
 * one thread.
 */
public interface HeaderMask {
    /** Length of a sample, and the distance between masks. */
    int SAMPLE_BYTES = 16;

    /** How much of a mask is used: the first byte and four of packet number (RFC 9001 §5.4.1). */
    int MASK_BYTES = 5;

    static HeaderMask of(AeadAlgorithm algorithm, byte[] headerKey) {
        return algorithm.isAes() ? new AesMask(headerKey) : new ChaCha20Mask(headerKey);
    }

    /**
     * Makes masks for samples that lie one behind the other.
     *
     * @param masks takes the mask of sample i at {@code i * SAMPLE_BYTES}; not the samples' array
     */
    void mask(byte[] samples, int offset, int count, byte[] masks);

    /** Wipes the key as far as the JDK lets us; no masks can be made after. */
    void destroy();
}
