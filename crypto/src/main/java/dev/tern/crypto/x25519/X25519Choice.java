package dev.tern.crypto.x25519;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.function.Supplier;

/**
 * The X25519 of this process: BouncyCastle's until {@link #prepare} has found libcrypto's to load
 * and to pass its self-test. {@code -Dtern.aead=jdk}, which keeps native ciphers out, keeps it out,
 * too.
 */
public final class X25519Choice {
    private static final Logger LOG = LoggerFactory.getLogger(X25519Choice.class);
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
        if (!"jdk".equals(System.getProperty("tern.aead"))) {
            chosen = choose(() -> load("dev.tern.crypto.ffm.OpenSslX25519"));
        }
    }

    static X25519 choose(Supplier<X25519> loader) {
        try {
            X25519 candidate = loader.get();
            if (KnownAgreement.isReachedBy(candidate)) {
                LOG.info("X25519 by {}", candidate.description());
                return candidate;
            }
            LOG.warn("X25519 by BouncyCastle: {} fails its self-test", candidate.description());
        } catch (RuntimeException | LinkageError e) {
            // A library that behaves in some new way must not keep a program from starting.
            LOG.info("X25519 by BouncyCastle: {}", rootOf(e).getMessage());
        }
        return EVERYWHERE;
    }

    /** By the name of a class of which this package knows nothing else. */
    private static X25519 load(String className) {
        try {
            return Class.forName(className)
                    .asSubclass(X25519.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("it does not load", e);
        }
    }

    private static Throwable rootOf(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
