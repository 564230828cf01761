package dev.tern.perf.jmh;

import dev.tern.crypto.tls.NamedGroup;

import java.util.List;

/** Handshakes worth telling apart: mutual ones of Ed25519 identities, and those of most servers. */
public enum HandshakeKind {
    FULL_X25519(false, false, false),
    FULL_HYBRID(true, false, false),
    RESUMED_X25519(false, true, false),
    RESUMED_HYBRID(true, true, false),
    /** The server shows a P-256 certificate of an authority, the client none. */
    FULL_X25519_P256(false, false, true);

    private final boolean hybrid;
    final boolean resumed;
    final boolean p256;

    HandshakeKind(boolean hybrid, boolean resumed, boolean p256) {
        this.hybrid = hybrid;
        this.resumed = resumed;
        this.p256 = p256;
    }

    List<NamedGroup> groups() {
        return hybrid ? NamedGroup.HYBRID_FIRST : NamedGroup.CLASSIC;
    }
}
