package dev.tern.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.HexFormat;

class AesBlockTest {
    private static final byte[] KEY = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");

    /** The example of FIPS 197, appendix C.1. */
    @Test
    void shouldEncryptTheExampleOfFips197() {
        byte[] block = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");

        new AesBlock(KEY).encrypt(block, 0);

        assertThat(block).isEqualTo(HexFormat.of().parseHex("69c4e0d86a7b0430d8cdb78070b4c55a"));
    }

    @Property(tries = 200)
    void shouldDecryptWhatItEncryptedAndTouchNothingElse(
            @ForAll @Size(48) byte[] bytes, @ForAll @IntRange(max = 32) int offset) {
        AesBlock aes = new AesBlock(KEY);
        byte[] buffer = bytes.clone();

        aes.encrypt(buffer, offset);
        for (int i = 0; i < buffer.length; i++) {
            if (i < offset || i >= offset + AesBlock.BLOCK_BYTES) {
                assertThat(buffer[i]).isEqualTo(bytes[i]);
            }
        }
        aes.decrypt(buffer, offset);

        assertThat(buffer).isEqualTo(bytes);
    }

    @Test
    void shouldRefuseAKeyOfAnotherLength() {
        assertThatThrownBy(() -> new AesBlock(new byte[15]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an AES-128 key has 16 bytes, this one 15");
    }
}
