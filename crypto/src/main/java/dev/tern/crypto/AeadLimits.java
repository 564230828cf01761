package dev.tern.crypto;

import dev.tern.crypto.aead.AeadAlgorithm;

/**
 * How much one AEAD may be used before its guarantees wear thin (RFC 9001 §6.6).
 *
 * @param confidentialityPackets how many packets may be sealed with one key
 * @param integrityPackets how many packets may fail to open within a connection, over all its keys
 */
record AeadLimits(long confidentialityPackets, long integrityPackets) {
    private static final AeadLimits AES_GCM = new AeadLimits(1L << 23, 1L << 52);

    /** The first is more than there are packet numbers. */
    private static final AeadLimits CHACHA20_POLY1305 = new AeadLimits(1L << 62, 1L << 36);

    static AeadLimits of(AeadAlgorithm algorithm) {
        return algorithm.isAes() ? AES_GCM : CHACHA20_POLY1305;
    }
}
