package dev.tern.perf.jmh;

import dev.tern.crypto.tls.NamedGroup;

import java.util.List;

/** Handshakes worth telling apart: all mutual, with Ed25519 identities. */
public enum HandshakeKind {
    FULL_X25519(false, false),
    FULL_HYBRID(true, false),
    RESUMED_X25519(false, true),
    RESUMED_HYBRID(true, true);

    private final boolean hybrid;
    final boolean resumed;

    HandshakeKind(boolean hybrid, boolean resumed) {
        this.hybrid = hybrid;
        this.resumed = resumed;
    }

    List<NamedGroup> groups() {
        return hybrid ? NamedGroup.HYBRID_FIRST : NamedGroup.CLASSIC;
    }
}
