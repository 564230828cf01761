package dev.tern.crypto.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tern.crypto.tls.PeerVerifier;
import dev.tern.crypto.tls.TlsAlert;
import dev.tern.crypto.tls.TlsAlertException;

import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

class PkixVerifierTest {
    private static final TestAuthority AUTHORITY = new TestAuthority("authority");
    private static final KeyPair KEYS = TestAuthority.keys("EC", 256);
    private static final List<String> NAMES =
            List.of("tern.example", "*.wild.example", "192.0.2.7", "2001:db8::7");

    @TempDir private Path folder;
    private Path trusted;

    @BeforeEach
    void setUp() throws IOException {
        trusted = TestAuthority.pem(folder.resolve("ca"), "CERTIFICATE", AUTHORITY.certificate);
    }

    private PeerVerifier verifier(String host) throws IOException {
        return PkixVerifier.server(host, trusted, () -> TestAuthority.NOW_MS);
    }

    @ParameterizedTest
    @CsvSource({
        "tern.example",
        "TERN.example.",
        "one.wild.example",
        "192.0.2.7",
        "2001:db8:0::7",
    })
    void shouldAcceptAServerOfThatName(String host) throws IOException {
        byte[] certificate = AUTHORITY.issue(KEYS, NAMES);

        assertThatCode(() -> verifier(host).verify(List.of(certificate)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "other.example",
        "a.tern.example",
        "wild.example",
        "two.one.wild.example",
        ".wild.example",
        "192.0.2.8",
        "2001:db8::8",
        "leaf",
    })
    void shouldRefuseAServerOfAnotherName(String host) {
        assertRefused(TlsAlert.BAD_CERTIFICATE, host, AUTHORITY.issue(KEYS, NAMES));
    }

    @Test
    void shouldFollowAChainThroughAnIntermediateAuthority() throws IOException {
        TestAuthority intermediate = AUTHORITY.intermediate("intermediate");
        byte[] certificate = intermediate.issue(KEYS, NAMES);

        assertThatCode(
                        () ->
                                verifier("tern.example")
                                        .verify(List.of(certificate, intermediate.certificate)))
                .doesNotThrowAnyException();
        assertRefused(TlsAlert.UNKNOWN_CA, "tern.example", certificate);
    }

    @Test
    void shouldRefuseWhatNoTrustedAuthoritySigned() {
        TestAuthority other = new TestAuthority("authority");

        assertRefused(TlsAlert.UNKNOWN_CA, "tern.example", other.issue(KEYS, NAMES));
    }

    @Test
    void shouldRefuseWhatIsExpiredOrNotYetValid() {
        long years = 400 * TestAuthority.DAY_MS;

        assertRefused(
                TlsAlert.CERTIFICATE_EXPIRED, "tern.example", AUTHORITY.issue(KEYS, NAMES, -years));
        assertRefused(
                TlsAlert.CERTIFICATE_EXPIRED, "tern.example", AUTHORITY.issue(KEYS, NAMES, years));
    }

    @Test
    void shouldRefuseAChainThatHasExpiredSinceItWasAccepted() throws IOException {
        AtomicLong nowMs = new AtomicLong(TestAuthority.NOW_MS);
        PeerVerifier verifier = PkixVerifier.server("tern.example", trusted, nowMs::get);
        List<byte[]> chain = List.of(AUTHORITY.issue(KEYS, NAMES));
        verifier.verify(chain);
        verifier.verify(chain);

        nowMs.addAndGet(400 * TestAuthority.DAY_MS);

        assertThat(
                        catchThrowableOfType(TlsAlertException.class, () -> verifier.verify(chain))
                                .alert())
                .isEqualTo(TlsAlert.CERTIFICATE_EXPIRED);
    }

    @Test
    void shouldRefuseAChainThatIsNotYetValidOnceTheClockGoesBack() throws IOException {
        AtomicLong nowMs = new AtomicLong(TestAuthority.NOW_MS);
        PeerVerifier verifier = PkixVerifier.server("tern.example", trusted, nowMs::get);
        List<byte[]> chain = List.of(AUTHORITY.issue(KEYS, NAMES));
        verifier.verify(chain);

        nowMs.addAndGet(-400 * TestAuthority.DAY_MS);

        assertThat(
                        catchThrowableOfType(TlsAlertException.class, () -> verifier.verify(chain))
                                .alert())
                .isEqualTo(TlsAlert.CERTIFICATE_EXPIRED);
    }

    @Test
    void shouldLookAtAnotherChainThanTheLastAccepted() throws IOException {
        PeerVerifier verifier = verifier("tern.example");
        byte[] good = AUTHORITY.issue(KEYS, NAMES);
        byte[] altered = good.clone();
        altered[good.length - 1] ^= 1;
        verifier.verify(List.of(good));

        assertThatThrownBy(() -> verifier.verify(List.of(altered)))
                .isInstanceOf(TlsAlertException.class);
        assertThatThrownBy(
                        () ->
                                verifier.verify(
                                        List.of(new TestAuthority("authority").issue(KEYS, NAMES))))
                .isInstanceOf(TlsAlertException.class);
        assertThatCode(() -> verifier.verify(List.of(good, AUTHORITY.certificate)))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAnExpiredIntermediateAuthority() throws IOException {
        long laterMs = 400 * TestAuthority.DAY_MS;
        TestAuthority intermediate = AUTHORITY.intermediate("intermediate");
        List<byte[]> chain =
                List.of(intermediate.issue(KEYS, NAMES, laterMs), intermediate.certificate);
        PeerVerifier late =
                PkixVerifier.server("tern.example", trusted, () -> TestAuthority.NOW_MS + laterMs);

        TlsAlertException thrown =
                catchThrowableOfType(TlsAlertException.class, () -> late.verify(chain));

        assertThat(thrown.alert()).isEqualTo(TlsAlert.CERTIFICATE_EXPIRED);
    }

    @Test
    void shouldRefuseACertificateMadeForSomethingElse() throws IOException {
        byte[] forClients = AUTHORITY.issueFor(KEYS, KeyPurposeId.id_kp_clientAuth);

        assertRefused(TlsAlert.UNSUPPORTED_CERTIFICATE, "tern.example", forClients);
        assertThatCode(
                        () ->
                                PkixVerifier.clients(trusted, () -> TestAuthority.NOW_MS)
                                        .verify(List.of(forClients)))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseGarbage() {
        assertRefused(TlsAlert.BAD_CERTIFICATE, "tern.example", new byte[] {0x30, 1, 2});
    }

    @Test
    void shouldTrustWhatThePlatformTrusts() {
        PeerVerifier platform = PkixVerifier.server("tern.example", () -> TestAuthority.NOW_MS);

        TlsAlertException thrown =
                catchThrowableOfType(
                        TlsAlertException.class,
                        () -> platform.verify(List.of(AUTHORITY.issue(KEYS, NAMES))));

        assertThat(thrown.alert()).isEqualTo(TlsAlert.UNKNOWN_CA);
    }

    @Test
    void shouldSayWhatIsWrongWithAnAuthorityFile() throws IOException {
        Path missing = folder.resolve("missing.pem");
        assertThatThrownBy(() -> PkixVerifier.clients(missing, () -> 0))
                .hasMessage("cannot read certificate file " + missing + ": no such file or folder");

        Path broken = TestAuthority.pem(folder.resolve("broken"), "CERTIFICATE", new byte[9]);
        assertThatThrownBy(() -> PkixVerifier.clients(broken, () -> 0))
                .hasMessage("the certificate is malformed: " + broken);
    }

    private void assertRefused(int alert, String host, byte[] certificate) {
        TlsAlertException thrown =
                catchThrowableOfType(
                        TlsAlertException.class, () -> verifier(host).verify(List.of(certificate)));
        assertThat(thrown).isNotNull();
        assertThat(thrown.alert()).as(thrown.getMessage()).isEqualTo(alert);
    }
}
