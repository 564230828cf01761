package dev.tern.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

class HkdfTest {
    /** Test case 1 of RFC 5869. */
    @Test
    void shouldExtractTheExampleOfRfc5869() {
        byte[] inputKeyingMaterial = new byte[22];
        Arrays.fill(inputKeyingMaterial, (byte) 0x0b);

        assertThat(Hkdf.extract(hex("000102030405060708090a0b0c"), inputKeyingMaterial))
                .isEqualTo(
                        hex(
                                "077709362c2e32df0ddc3f0dc47bba63"
                                        + "90b6c73bb50f9c3122ec844ad7c2b3e5"));
    }

    /** Test case 3 of RFC 5869, whose salt is empty. */
    @Test
    void shouldExtractWithAnEmptySalt() {
        byte[] inputKeyingMaterial = new byte[22];
        Arrays.fill(inputKeyingMaterial, (byte) 0x0b);

        assertThat(Hkdf.extract(new byte[0], inputKeyingMaterial))
                .isEqualTo(
                        hex(
                                "19ef24a32c717b167f33a91d6f648bdf"
                                        + "96596776afdb6377ac434c1c293ccb04"));
    }

    /** Test case 2 of RFC 4231. */
    @Test
    void shouldMacTheExampleOfRfc4231InAnyParts() {
        byte[] expected = hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");

        assertThat(HmacSha256.mac(ascii("Jefe"), ascii("what do ya want for nothing?")))
                .isEqualTo(expected);
        assertThat(HmacSha256.mac(ascii("Jefe"), ascii("what do ya want "), ascii("for nothing?")))
                .isEqualTo(expected);
    }

    @Property(tries = 100)
    void shouldGiveExactlyTheLengthAskedFor(@ForAll @IntRange(max = 8160) int length) {
        assertThat(Hkdf.expandLabel(new byte[32], "any", length)).hasSize(length);
    }

    @Test
    void shouldRefuseWhatHkdfCannotGive() {
        assertThatThrownBy(() -> Hkdf.expandLabel(new byte[32], "any", 8161))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Hkdf.expandLabel(new byte[32], "x".repeat(250), 16))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldCompareBytes() {
        byte[] a = {1, 2, 3};

        assertThat(ConstantTime.equal(a, new byte[] {1, 2, 3})).isTrue();
        assertThat(ConstantTime.equal(a, new byte[] {1, 2})).isFalse();
        assertThat(ConstantTime.equal(a, 1, new byte[] {2, 3}, 0, 2)).isTrue();
        assertThat(ConstantTime.equal(a, 0, new byte[] {2, 3}, 0, 2)).isFalse();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
