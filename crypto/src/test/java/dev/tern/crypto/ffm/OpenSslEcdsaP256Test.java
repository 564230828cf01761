package dev.tern.crypto.ffm;

import dev.tern.crypto.aead.UnavailableException;
import dev.tern.crypto.ecdsa.EcdsaP256;
import dev.tern.crypto.ecdsa.EcdsaP256Specification;

import org.junit.jupiter.api.Assumptions;

/** Skipped, with the reason, where the library is missing. */
class OpenSslEcdsaP256Test extends EcdsaP256Specification {
    @Override
    protected EcdsaP256 implementation() {
        try {
            LibCrypto.version();
        } catch (ExceptionInInitializerError e) {
            Assumptions.assumeFalse(e.getCause() instanceof UnavailableException, e.toString());
        }
        return new OpenSslEcdsaP256();
    }
}
