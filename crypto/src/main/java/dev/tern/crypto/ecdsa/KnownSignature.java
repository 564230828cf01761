package dev.tern.crypto.ecdsa;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The self-test of an implementation: it takes the signature of RFC 6979 §A.2.5 and those that it
 * makes itself, and none of other messages.
 */
final class KnownSignature {
    private static final byte[] PRIVATE =
            parse("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721");
    private static final byte[] PUBLIC =
            parse(
                    "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
                            + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299");
    private static final byte[] SIGNATURE =
            parse(
                    "3046022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                            + "022100f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
    private static final byte[] MESSAGE = "sample".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ANOTHER = "simple".getBytes(StandardCharsets.US_ASCII);

    /** A signature of the numbers zero, which fits any message where nobody looks. */
    private static final byte[] ZEROS = parse("3006020100020100");

    private KnownSignature() {}

    static boolean isMadeBy(EcdsaP256 implementation) {
        byte[] own = implementation.signer(PRIVATE, PUBLIC).sign(ANOTHER);
        return implementation.verify(PUBLIC, MESSAGE, SIGNATURE)
                && !implementation.verify(PUBLIC, ANOTHER, SIGNATURE)
                && !implementation.verify(PUBLIC, MESSAGE, ZEROS)
                && !implementation.verify(new byte[EcdsaP256.POINT_BYTES], MESSAGE, SIGNATURE)
                && implementation.verify(PUBLIC, ANOTHER, own)
                && !implementation.verify(PUBLIC, MESSAGE, own);
    }

    private static byte[] parse(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
