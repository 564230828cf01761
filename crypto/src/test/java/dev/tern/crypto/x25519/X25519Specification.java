package dev.tern.crypto.x25519;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HexFormat;
import java.util.SplittableRandom;

/** What every implementation of X25519 must do (RFC 7748). */
public abstract class X25519Specification {
    private static final int PAIRS = 50;

    protected abstract X25519 implementation();

    /** RFC 7748 §5.2, where a point's unused bit is set, and §6.1. */
    @ParameterizedTest
    @CsvSource({
        "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4,"
                + "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c,"
                + "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
        "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d,"
                + "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493,"
                + "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957",
        "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a,"
                + "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f,"
                + "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"
    })
    void shouldComputeWhatTheRfcSays(String privateKey, String peersKey, String expected) {
        byte[] own = HexFormat.of().parseHex(privateKey);
        byte[] secret = new byte[X25519.BYTES];

        boolean usable =
                implementation()
                        .agree(own, publicKey(own), HexFormat.of().parseHex(peersKey), secret);

        assertThat(usable).isTrue();
        assertThat(HexFormat.of().formatHex(secret)).isEqualTo(expected);
    }

    /** Of small order, some of them not below the prime: all lead to nothing (RFC 7748 §6.1). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
            })
    void shouldRefuseAnAllZeroSecret(String peersKey) {
        byte[] own = new byte[X25519.BYTES];
        own[5] = 17;

        boolean usable =
                implementation()
                        .agree(
                                own,
                                publicKey(own),
                                HexFormat.of().parseHex(peersKey),
                                new byte[X25519.BYTES]);

        assertThat(usable).isFalse();
    }

    @Test
    void shouldGoOnAfterARefusal() {
        shouldRefuseAnAllZeroSecret("00".repeat(X25519.BYTES));

        assertThat(KnownAgreement.isReachedBy(implementation())).isTrue();
    }

    @Test
    void shouldAgreeWithBouncyCastleOnAnyBytes() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < PAIRS; i++) {
            byte[] own = new byte[X25519.BYTES];
            byte[] peers = new byte[X25519.BYTES];
            random.nextBytes(own);
            random.nextBytes(peers);
            byte[] secret = new byte[X25519.BYTES];
            byte[] expected = new byte[X25519.BYTES];

            boolean usable = implementation().agree(own, publicKey(own), peers, secret);

            assertThat(usable)
                    .isEqualTo(
                            new BouncyCastleX25519().agree(own, publicKey(own), peers, expected));
            assertThat(secret).isEqualTo(expected);
        }
    }

    @Test
    void shouldLeaveItsArgumentsAlone() {
        byte[] own = new byte[X25519.BYTES];
        own[3] = 9;
        byte[] open = publicKey(own);
        byte[] ownBefore = own.clone();
        byte[] openBefore = open.clone();

        implementation().agree(own, open, openBefore, new byte[X25519.BYTES]);

        assertThat(own).isEqualTo(ownBefore);
        assertThat(open).isEqualTo(openBefore);
    }

    private static byte[] publicKey(byte[] privateKey) {
        byte[] result = new byte[X25519.BYTES];
        org.bouncycastle.math.ec.rfc7748.X25519.generatePublicKey(privateKey, 0, result, 0);
        return result;
    }
}
