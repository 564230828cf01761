package dev.tern.crypto.ffm;

import dev.tern.crypto.aead.UnavailableException;
import dev.tern.crypto.x25519.X25519;
import dev.tern.crypto.x25519.X25519Specification;

import org.junit.jupiter.api.Assumptions;

/** Skipped, with the reason, where the library is missing. */
class OpenSslX25519Test extends X25519Specification {
    @Override
    protected X25519 implementation() {
        try {
            LibCrypto.version();
        } catch (ExceptionInInitializerError e) {
            Assumptions.assumeFalse(e.getCause() instanceof UnavailableException, e.toString());
        }
        return new OpenSslX25519();
    }
}
