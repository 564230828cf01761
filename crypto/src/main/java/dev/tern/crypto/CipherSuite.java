package dev.tern.crypto;

import dev.tern.crypto.aead.AeadAlgorithm;

/** The TLS cipher suites that can protect QUIC packets (RFC 9001 §5.3), the preferred one first. */
public enum CipherSuite {
    AES_128_GCM_SHA256(0x1301, AeadAlgorithm.AES_128_GCM, HashFunction.SHA256),
    AES_256_GCM_SHA384(0x1302, AeadAlgorithm.AES_256_GCM, HashFunction.SHA384),
    CHACHA20_POLY1305_SHA256(0x1303, AeadAlgorithm.CHACHA20_POLY1305, HashFunction.SHA256);

    private final int code;
    private final AeadAlgorithm aead;
    private final HashFunction hash;

    CipherSuite(int code, AeadAlgorithm aead, HashFunction hash) {
        this.code = code;
        this.aead = aead;
        this.hash = hash;
    }

    /** The number in TLS's registry (RFC 8446 §B.4). */
    public int code() {
        return code;
    }

    public AeadAlgorithm aead() {
        return aead;
    }

    public HashFunction hash() {
        return hash;
    }

    public static CipherSuite ofCode(int code) {
        for (CipherSuite suite : values()) {
            if (suite.code == code) {
                return suite;
            }
        }
        throw new IllegalArgumentException("no such cipher suite: 0x" + Integer.toHexString(code));
    }
}
