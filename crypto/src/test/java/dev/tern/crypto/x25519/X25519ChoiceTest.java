package dev.tern.crypto.x25519;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.crypto.aead.UnavailableException;

import org.junit.jupiter.api.Test;

class X25519ChoiceTest {
    /** Right but for the last bit. */
    private static final X25519 WRONG =
            new Altered() {
                @Override
                public boolean agree(byte[] own, byte[] open, byte[] peers, byte[] secret) {
                    boolean usable = bouncyCastle.agree(own, open, peers, secret);
                    secret[BYTES - 1] ^= 1;
                    return usable;
                }
            };

    private static final X25519 CARELESS =
            new Altered() {
                @Override
                public boolean agree(byte[] own, byte[] open, byte[] peers, byte[] secret) {
                    bouncyCastle.agree(own, open, peers, secret);
                    return true;
                }
            };

    @Test
    void shouldTakeWhatPassesItsSelfTest() {
        X25519 another = new BouncyCastleX25519();

        assertThat(X25519Choice.choose(() -> another)).isSameAs(another);
    }

    @Test
    void shouldFallBackWhereNothingLoads() {
        X25519 chosen =
                X25519Choice.choose(
                        () -> {
                            throw new UnavailableException("no such library");
                        });

        assertThat(chosen.description()).isEqualTo("BouncyCastle");
    }

    @Test
    void shouldFallBackWhereNativeCodeDoesNotLink() {
        X25519 chosen =
                X25519Choice.choose(
                        () -> {
                            throw new ExceptionInInitializerError(
                                    new UnavailableException("no such function"));
                        });

        assertThat(chosen.description()).isEqualTo("BouncyCastle");
    }

    @Test
    void shouldNotTakeOneThatComputesWrongly() {
        assertThat(X25519Choice.choose(() -> WRONG)).isNotSameAs(WRONG);
    }

    @Test
    void shouldNotTakeOneThatLetsAnAllZeroSecretPass() {
        assertThat(X25519Choice.choose(() -> CARELESS)).isNotSameAs(CARELESS);
    }

    private abstract static class Altered implements X25519 {
        final X25519 bouncyCastle = new BouncyCastleX25519();

        @Override
        public String description() {
            return "altered";
        }
    }
}
