package dev.tern.crypto.ecdsa;

import dev.tern.crypto.NativeChoice;

import java.util.function.Supplier;

/**
 * The ECDSA of this process: none but the JDK's and BouncyCastle's until {@link #prepare} has found
 * libcrypto's to load and to pass its self-test. {@code -Dtern.aead=jdk}, which keeps native
 * ciphers out, keeps it out, too.
 */
public final class EcdsaP256Choice {
    private static volatile EcdsaP256 chosen;

    private EcdsaP256Choice() {}

    /** What is faster than Java, or null. */
    public static EcdsaP256 chosen() {
        return chosen;
    }

    /**
     * Looks for a faster one. That takes as long as hundreds of signatures, so it is for a program
     * that makes many, and no part of a handshake.
     */
    public static void prepare() {
        if (NativeChoice.isAllowed()) {
            chosen =
                    choose(
                            () ->
                                    NativeChoice.load(
                                            "dev.tern.crypto.ffm.OpenSslEcdsaP256",
                                            EcdsaP256.class));
        }
    }

    static EcdsaP256 choose(Supplier<EcdsaP256> loader) {
        return NativeChoice.choose(
                "ECDSA", loader, KnownSignature::isMadeBy, EcdsaP256::description, null);
    }
}
