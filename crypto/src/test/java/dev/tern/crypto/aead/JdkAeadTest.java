package dev.tern.crypto.aead;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JdkAeadTest {
    @ParameterizedTest
    @EnumSource
    void shouldRefuseToSealTheSamePacketNumberTwice(AeadAlgorithm algorithm) {
        Aead aead = new JdkAead(algorithm, new byte[algorithm.keyBytes()], new byte[12]);
        aead.seal(0, 7, new byte[60], 0, 13, 20);

        assertThatThrownBy(() -> aead.seal(0, 7, new byte[60], 0, 13, 20))
                .isInstanceOf(IllegalStateException.class);
    }
}
