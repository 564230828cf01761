package dev.tern.crypto.ecdsa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.crypto.aead.UnavailableException;

import org.junit.jupiter.api.Test;

class EcdsaP256ChoiceTest {
    private record Fixed(boolean answer) implements EcdsaP256 {
        @Override
        public String description() {
            return "one that does not look";
        }

        @Override
        public Signer signer(byte[] privateKey, byte[] publicKey) {
            return message -> new byte[8];
        }

        @Override
        public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
            return answer;
        }
    }

    @Test
    void shouldLeaveItToJavaWhereNothingLoads() {
        assertThat(
                        EcdsaP256Choice.choose(
                                () -> {
                                    throw new ExceptionInInitializerError(
                                            new UnavailableException("no such library"));
                                }))
                .isNull();
    }

    @Test
    void shouldNotTakeOneThatLetsAnySignaturePass() {
        assertThat(EcdsaP256Choice.choose(() -> new Fixed(true))).isNull();
    }

    @Test
    void shouldNotTakeOneThatLetsNoSignaturePass() {
        assertThat(EcdsaP256Choice.choose(() -> new Fixed(false))).isNull();
    }
}
