package dev.tern.crypto.tls;

import java.util.List;

/** A way to exchange keys (RFC 8446 §4.2.7). */
public enum NamedGroup {
    /**
     * X25519 together with ML-KEM-768, safe from a quantum computer's owner who records traffic
     * today. Its shares have 1216 and 1120 bytes, so that a ClientHello spans two Initial packets.
     */
    X25519MLKEM768(0x11ec),
    X25519(0x1d),
    SECP256R1(0x17);

    /** The post-quantum hybrid first. */
    public static final List<NamedGroup> HYBRID_FIRST = List.of(X25519MLKEM768, X25519, SECP256R1);

    /** Without post-quantum cryptography: small, and quick to start. */
    public static final List<NamedGroup> CLASSIC = List.of(X25519, SECP256R1);

    private final int code;

    NamedGroup(int code) {
        this.code = code;
    }

    /** The number in TLS's registry. */
    int code() {
        return code;
    }
}
