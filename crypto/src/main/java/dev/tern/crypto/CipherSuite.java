package dev.tern.crypto;

/** The TLS cipher suites that can protect QUIC packets (RFC 9001 §5.3). */
public enum CipherSuite {
    AES_128_GCM_SHA256(0x1301, 16) {
        @Override
        Aead aead(byte[] key) {
            return new AesGcm(key);
        }
    };

    private final int code;
    private final int keyBytes;

    CipherSuite(int code, int keyBytes) {
        this.code = code;
        this.keyBytes = keyBytes;
    }

    /** The number in TLS's registry (RFC 8446 §B.4). */
    public int code() {
        return code;
    }

    /** Length of the packet protection key, and of the header protection key (RFC 9001 §5.4.1). */
    int keyBytes() {
        return keyBytes;
    }

    /** A cipher for one direction; keeps its own copy of the key. */
    abstract Aead aead(byte[] key);

    public static CipherSuite ofCode(int code) {
        for (CipherSuite suite : values()) {
            if (suite.code == code) {
                return suite;
            }
        }
        throw new IllegalArgumentException("no such cipher suite: 0x" + Integer.toHexString(code));
    }
}
