package dev.tern.crypto.aead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

class HeaderMaskTest {
    /** RFC 9001 appendix A.5. */
    @Test
    void shouldMakeTheChaChaMaskOfTheRfc() {
        HeaderMask mask =
                HeaderMask.of(
                        AeadAlgorithm.CHACHA20_POLY1305,
                        hex("25a282b9e82f06f21f488917a4fc8f1b73573685608597d0efcb076b0ab7a7a4"));
        byte[] masks = new byte[HeaderMask.SAMPLE_BYTES];

        mask.mask(hex("5e5cd55c41f69080575d7999c25a5bfb"), 0, 1, masks);

        assertThat(Arrays.copyOf(masks, HeaderMask.MASK_BYTES)).isEqualTo(hex("aefefe7d03"));
    }

    /** RFC 9001 appendix A.2. */
    @Test
    void shouldMakeTheAesMaskOfTheRfc() {
        HeaderMask mask =
                HeaderMask.of(AeadAlgorithm.AES_128_GCM, hex("9f50449e04a0e810283a1e9933adedd2"));
        byte[] masks = new byte[HeaderMask.SAMPLE_BYTES];

        mask.mask(hex("d1b1c98dd7689fb8ec11d242b123dc9b"), 0, 1, masks);

        assertThat(Arrays.copyOf(masks, HeaderMask.MASK_BYTES)).isEqualTo(hex("437b9aec36"));
    }

    @Property(tries = 100)
    void shouldMakeManyMasksAsItMakesOne(
            @ForAll AeadAlgorithm algorithm, @ForAll @IntRange(min = 1, max = 64) int count) {
        HeaderMask mask = HeaderMask.of(algorithm, new byte[algorithm.keyBytes()]);
        byte[] samples = new byte[count * HeaderMask.SAMPLE_BYTES];
        new Random(count).nextBytes(samples);
        byte[] masks = new byte[samples.length];

        mask.mask(samples, 0, count, masks);

        byte[] one = new byte[HeaderMask.SAMPLE_BYTES];
        for (int i = 0; i < count; i++) {
            int offset = i * HeaderMask.SAMPLE_BYTES;
            mask.mask(samples, offset, 1, one);
            assertThat(Arrays.copyOfRange(masks, offset, offset + HeaderMask.MASK_BYTES))
                    .isEqualTo(Arrays.copyOf(one, HeaderMask.MASK_BYTES));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotWorkOnceDestroyed(AeadAlgorithm algorithm) {
        HeaderMask mask = HeaderMask.of(algorithm, new byte[algorithm.keyBytes()]);
        mask.destroy();

        assertThatThrownBy(() -> mask.mask(new byte[16], 0, 1, new byte[16]))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldHaveItsOwnKeyWhateverWasDestroyedBefore() {
        byte[] sample = hex("d1b1c98dd7689fb8ec11d242b123dc9b");
        byte[] masks = new byte[HeaderMask.SAMPLE_BYTES];
        for (int keyBytes : new int[] {32, 16}) {
            HeaderMask other = HeaderMask.of(AeadAlgorithm.AES_256_GCM, new byte[keyBytes]);
            other.destroy();
            other.destroy();
        }
        HeaderMask first =
                HeaderMask.of(AeadAlgorithm.AES_128_GCM, hex("9f50449e04a0e810283a1e9933adedd2"));
        HeaderMask second = HeaderMask.of(AeadAlgorithm.AES_128_GCM, new byte[16]);

        second.mask(sample, 0, 1, masks);
        first.mask(sample, 0, 1, masks);

        assertThat(Arrays.copyOf(masks, HeaderMask.MASK_BYTES)).isEqualTo(hex("437b9aec36"));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
