package dev.tern.quic.io;

import java.security.SecureRandom;

/** Where unpredictable bytes come from. */
public final class SystemRandom {
    private SystemRandom() {}

    /** A generator for keys, connection IDs and challenges. */
    public static SecureRandom create() {
        return new SecureRandom();
    }
}
