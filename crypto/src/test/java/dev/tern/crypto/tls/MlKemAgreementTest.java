package dev.tern.crypto.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.crypto.TlsAgreement;
import org.bouncycastle.tls.crypto.TlsKemConfig;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsMLKemDomain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.Arrays;

class MlKemAgreementTest {
    private static final int KEY_BYTES = 1184;
    private static final int ENCAPSULATION_BYTES = 1088;

    private final BcTlsCrypto crypto = new BcTlsCrypto(HandshakePair.random());

    @Test
    void shouldAgreeWithBouncyCastlesServer() throws IOException {
        assertAgreement(new MlKemAgreement(crypto, false), bouncyCastle(true));
    }

    @Test
    void shouldAgreeWithBouncyCastlesClient() throws IOException {
        assertAgreement(bouncyCastle(false), new MlKemAgreement(crypto, true));
    }

    @Test
    void shouldTakeAllItsRandomnessFromTheGivenSource() {
        byte[] first = new MlKemAgreement(crypto, false).generateEphemeral();
        BcTlsCrypto again = new BcTlsCrypto(HandshakePair.random());

        assertThat(new MlKemAgreement(again, false).generateEphemeral()).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, KEY_BYTES - 1, KEY_BYTES + 1})
    void shouldRefuseAKeyOfAnotherLength(int length) {
        assertRefused(new MlKemAgreement(crypto, true), new byte[length]);
    }

    /** FIPS 203 §7.2: each coefficient must be below the modulus. */
    @Test
    void shouldRefuseAKeyWithCoefficientsBeyondTheModulus() {
        byte[] key = new byte[KEY_BYTES];
        Arrays.fill(key, (byte) 0xff);

        assertRefused(new MlKemAgreement(crypto, true), key);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, ENCAPSULATION_BYTES - 1, ENCAPSULATION_BYTES + 1})
    void shouldRefuseAnEncapsulationOfAnotherLength(int length) {
        MlKemAgreement client = new MlKemAgreement(crypto, false);
        client.generateEphemeral();

        assertRefused(client, new byte[length]);
    }

    private TlsAgreement bouncyCastle(boolean isServer) {
        return new BcTlsMLKemDomain(crypto, new TlsKemConfig(NamedGroup.MLKEM768, isServer))
                .createKem();
    }

    private static void assertAgreement(TlsAgreement client, TlsAgreement server)
            throws IOException {
        server.receivePeerValue(client.generateEphemeral());
        client.receivePeerValue(server.generateEphemeral());

        assertThat(client.calculateSecret().extract())
                .hasSize(32)
                .isEqualTo(server.calculateSecret().extract());
    }

    private static void assertRefused(MlKemAgreement agreement, byte[] value) {
        assertThatExceptionOfType(TlsAlertException.class)
                .isThrownBy(
                        () -> {
                            agreement.receivePeerValue(value);
                            agreement.generateEphemeral();
                        })
                .satisfies(e -> assertThat(e.alert()).isEqualTo(TlsAlert.ILLEGAL_PARAMETER));
    }
}
