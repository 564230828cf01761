package dev.tern.crypto;

import dev.tern.crypto.aead.Aead;

import java.util.HexFormat;

/**
 * What the versions of QUIC make keys with: each has its own salt, labels and Retry key, so that
 * packets of one never open as packets of another (RFC 9001 §5, RFC 9369 §3.3).
 */
public enum KeySchedule {
    /** QUIC version 1 (RFC 9001). */
    V1(
            "38762cf7f55934b34d179ae6a4c80cadccbb7f0a",
            "quic ",
            "be0c690b9f66575a1d766b54e368c84e",
            "461599d35d632bf2239825bb"),

    /** QUIC version 2 (RFC 9369). */
    V2(
            "0dede3def700a6db819381be6e269dcbf9bd2ed9",
            "quicv2 ",
            "8fb4b01b56ac48e260fbcbcead7ccc92",
            "d86969bc2d7c6d9990efb04a");

    private final String initialSalt;
    private final String keyLabel;
    private final String ivLabel;
    private final String headerKeyLabel;
    private final String keyUpdateLabel;
    private final String retryKey;
    private final String retryNonce;

    KeySchedule(String initialSalt, String labelPrefix, String retryKey, String retryNonce) {
        this.initialSalt = initialSalt;
        this.keyLabel = labelPrefix + "key";
        this.ivLabel = labelPrefix + "iv";
        this.headerKeyLabel = labelPrefix + "hp";
        this.keyUpdateLabel = labelPrefix + "ku";
        this.retryKey = retryKey;
        this.retryNonce = retryNonce;
    }

    /** The secret that all keys of Initial packets come from (RFC 9001 §5.2). */
    byte[] initialSecret(byte[] dcid) {
        return Hkdf.extract(HexFormat.of().parseHex(initialSalt), dcid);
    }

    /** The packet protection key (RFC 9001 §5.1). */
    byte[] key(CipherSuite suite, byte[] secret) {
        return Hkdf.expandLabel(suite.hash(), secret, keyLabel, suite.aead().keyBytes());
    }

    byte[] iv(CipherSuite suite, byte[] secret) {
        return Hkdf.expandLabel(suite.hash(), secret, ivLabel, Aead.NONCE_BYTES);
    }

    byte[] headerKey(CipherSuite suite, byte[] secret) {
        return Hkdf.expandLabel(suite.hash(), secret, headerKeyLabel, suite.aead().keyBytes());
    }

    /** The secret of the next key phase (RFC 9001 §6.1). */
    byte[] nextSecret(CipherSuite suite, byte[] secret) {
        return Hkdf.expandLabel(suite.hash(), secret, keyUpdateLabel, suite.hash().bytes());
    }

    /** The key of the Retry integrity tag (RFC 9001 §5.8). */
    byte[] retryKey() {
        return HexFormat.of().parseHex(retryKey);
    }

    byte[] retryNonce() {
        return HexFormat.of().parseHex(retryNonce);
    }
}
