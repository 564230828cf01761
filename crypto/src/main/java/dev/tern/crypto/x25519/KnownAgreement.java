package dev.tern.crypto.x25519;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The self-test of an implementation: both sides of the example in RFC 7748 §6.1, and the refusal
 * of a peer that brings about an all-zero secret.
 */
final class KnownAgreement {
    private static final byte[] PRIVATE_A =
            parse("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
    private static final byte[] PUBLIC_A =
            parse("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
    private static final byte[] PRIVATE_B =
            parse("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
    private static final byte[] PUBLIC_B =
            parse("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    private static final byte[] SECRET =
            parse("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");

    private KnownAgreement() {}

    static boolean isReachedBy(X25519 implementation) {
        byte[] secret = new byte[X25519.BYTES];
        return implementation.agree(PRIVATE_A, PUBLIC_A, PUBLIC_B, secret)
                && Arrays.equals(secret, SECRET)
                && implementation.agree(PRIVATE_B, PUBLIC_B, PUBLIC_A, secret)
                && Arrays.equals(secret, SECRET)
                && !implementation.agree(PRIVATE_A, PUBLIC_A, new byte[X25519.BYTES], secret);
    }

    private static byte[] parse(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
