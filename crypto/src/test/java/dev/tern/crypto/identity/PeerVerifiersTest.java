package dev.tern.crypto.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tern.crypto.SeededRandom;
import dev.tern.crypto.tls.PeerVerifier;
import dev.tern.crypto.tls.TlsAlert;
import dev.tern.crypto.tls.TlsAlertException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;

class PeerVerifiersTest {
    private static final PeerIdentity PEER = PeerIdentity.generate(new SeededRandom(1));
    private static final PeerIdentity STRANGER = PeerIdentity.generate(new SeededRandom(2));

    private static final String P256_CERTIFICATE =
            """
            MIIBdDCCARugAwIBAgIUJSHi2eRtP87YC362fob3MtfbhwgwCgYIKoZIzj0EAwIw
            DzENMAsGA1UEAwwEcDI1NjAgFw0yNjExMjExNTE0MzdaGA8yMTI2MTAyODE1MTQz
            N1owDzENMAsGA1UEAwwEcDI1NjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABP28
            sx39tlVtdS3FzwloEzPnMaYou/fOPx22fJqrOCW9sFrIvZl1h7beh+ZI5kA+TFYe
            7qfqetcOICrcjG3gOIejUzBRMB0GA1UdDgQWBBQw1c4C5gUvomJWVKyTYBTqdTN5
            6TAfBgNVHSMEGDAWgBQw1c4C5gUvomJWVKyTYBTqdTN56TAPBgNVHRMBAf8EBTAD
            AQH/MAoGCCqGSM49BAMCA0cAMEQCIDFgLLoLbNbuy1qgaSq/GzQMBWj/cTupg6iI
            XI1wyh/aAiABa1HnhIfxf3tBFFMJkspPl53EOUveeOLh9G+h7blQ1Q==
            """;

    @Test
    void shouldAcceptExactlyTheExpectedPeer() {
        PeerVerifier verifier = PeerVerifiers.exactly(PEER.peerId());

        assertThatCode(() -> verifier.verify(List.of(PEER.certificate())))
                .doesNotThrowAnyException();
        assertAlert(TlsAlert.ACCESS_DENIED, verifier, List.of(STRANGER.certificate()));
    }

    @Test
    void shouldRefuseWhatDiffersFromACertificateThatItAcceptedBefore() {
        PeerVerifier verifier = PeerVerifiers.exactly(PEER.peerId());
        verifier.verify(List.of(PEER.certificate()));
        byte[] altered = PEER.certificate();
        altered[altered.length - 1] ^= 1;

        assertAlert(TlsAlert.BAD_CERTIFICATE, verifier, List.of(altered));
        assertAlert(TlsAlert.ACCESS_DENIED, verifier, List.of(STRANGER.certificate()));
        assertAlert(
                TlsAlert.BAD_CERTIFICATE,
                verifier,
                List.of(PEER.certificate(), PEER.certificate()));
        assertThatCode(() -> verifier.verify(List.of(PEER.certificate())))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldAcceptAnyPeer() {
        PeerVerifier verifier = PeerVerifiers.anyPeer();

        assertThatCode(() -> verifier.verify(List.of(PEER.certificate())))
                .doesNotThrowAnyException();
        assertThatCode(() -> verifier.verify(List.of(STRANGER.certificate())))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseMoreOrLessThanOneCertificate() {
        PeerVerifier verifier = PeerVerifiers.anyPeer();

        assertAlert(TlsAlert.BAD_CERTIFICATE, verifier, List.of());
        assertAlert(
                TlsAlert.BAD_CERTIFICATE,
                verifier,
                List.of(PEER.certificate(), PEER.certificate()));
    }

    @Test
    void shouldRefuseACertificateWithAnyBitFlipped() {
        int bits = PEER.certificate().length * Byte.SIZE;
        for (int bit = 0; bit < bits; bit++) {
            byte[] certificate = PEER.certificate();
            certificate[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));

            assertThat(thrownBy(PeerVerifiers.anyPeer(), List.of(certificate)))
                    .as("bit %d", bit)
                    .isNotNull();
        }
    }

    @Property(tries = 200)
    void shouldRefuseGarbage(@ForAll @Size(max = 300) byte[] garbage) {
        assertAlert(TlsAlert.BAD_CERTIFICATE, PeerVerifiers.anyPeer(), List.of(garbage));
    }

    @Test
    void shouldRefuseBytesBehindTheCertificate() {
        byte[] longer = Arrays.copyOf(PEER.certificate(), PEER.certificate().length + 1);

        assertAlert(TlsAlert.BAD_CERTIFICATE, PeerVerifiers.anyPeer(), List.of(longer));
    }

    @Test
    void shouldRefuseAnotherKindOfKey() {
        byte[] p256 = Base64.getMimeDecoder().decode(P256_CERTIFICATE);

        assertAlert(TlsAlert.UNSUPPORTED_CERTIFICATE, PeerVerifiers.anyPeer(), List.of(p256));
    }

    private static void assertAlert(int alert, PeerVerifier verifier, List<byte[]> chain) {
        TlsAlertException thrown = thrownBy(verifier, chain);
        assertThat(thrown).isNotNull();
        assertThat(thrown.alert()).as(thrown.getMessage()).isEqualTo(alert);
    }

    private static TlsAlertException thrownBy(PeerVerifier verifier, List<byte[]> chain) {
        return catchThrowableOfType(TlsAlertException.class, () -> verifier.verify(chain));
    }
}
