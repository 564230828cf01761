package dev.tern.crypto.x25519;

import dev.tern.crypto.NativeChoice;

import java.util.function.Supplier;

/**
 * The X25519 of this process: BouncyCastle's until {@link #prepare} has found libcrypto's to load
 * and to pass its self-test. {@code -Dtern.aead=jdk}, which keeps native ciphers out, keeps it out,
 * too.
 */
public final class X25519Choice {
    private static final X25519 EVERYWHERE = new BouncyCastleX25519();
    private static volatile X25519 chosen = EVERYWHERE;

    private X25519Choice() {}

    /** The best that is ready. */
    public static X25519 chosen() {
        return chosen;
    }

    /**
     * Looks for a faster one. That takes as long as hundreds of key exchanges, so it is for a
     * program that makes many, and no part of a handshake.
     */
    public static void prepare() {
        if (NativeChoice.isAllowed()) {
            chosen =
                    choose(
                            () ->
                                    NativeChoice.load(
                                            "dev.tern.crypto.ffm.OpenSslX25519", X25519.class));
        }
    }

    static X25519 choose(Supplier<X25519> loader) {
        return NativeChoice.choose(
                "X25519", loader, KnownAgreement::isReachedBy, X25519::description, EVERYWHERE);
    }
}
