package dev.tern.crypto.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tern.crypto.SeededRandom;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

class PeerIdentityTest {
    private static final PeerIdentity IDENTITY = PeerIdentity.generate(new SeededRandom(7));

    @TempDir Path folder;

    @Test
    void shouldLoadWhatItSaved() throws IOException {
        Path file = folder.resolve("key.pem");

        IDENTITY.save(file);
        PeerIdentity loaded = PeerIdentity.load(file);

        assertThat(loaded.peerId()).isEqualTo(IDENTITY.peerId());
        assertThat(loaded.certificate()).isEqualTo(IDENTITY.certificate());
    }

    @Test
    void shouldLetOnlyTheOwnerReadTheKeyFile() throws IOException {
        Assumptions.assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        Path file = folder.resolve("key.pem");

        IDENTITY.save(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldNeverOverwriteAFile() throws IOException {
        Path file = folder.resolve("key.pem");
        Files.writeString(file, "precious");

        assertThatIOException()
                .isThrownBy(() -> IDENTITY.save(file))
                .withMessage(
                        "a file is already there, and key files are never overwritten: " + file);
        assertThat(file).hasContent("precious");
    }

    @Test
    void shouldLeaveNothingElseBehind() throws IOException {
        Path file = folder.resolve("key.pem");
        IDENTITY.save(file);
        assertThatIOException().isThrownBy(() -> IDENTITY.save(file));

        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void shouldSayWhichFolderIsMissing() {
        Path file = folder.resolve("nowhere").resolve("key.pem");

        assertThatIOException()
                .isThrownBy(() -> IDENTITY.save(file))
                .withMessage("cannot write key file " + file + ": no such file or folder");
        assertThatIOException()
                .isThrownBy(() -> PeerIdentity.load(file))
                .withMessage("cannot read key file " + file + ": no such file or folder");
    }

    @Test
    void shouldReadWhatOpensslWrites() throws IOException {
        Path file = folder.resolve("openssl.pem");
        Files.writeString(
                file,
                """
                -----BEGIN PRIVATE KEY-----
                MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
                -----END PRIVATE KEY-----
                """);

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        // Test 1 of RFC 8032 §7.1.
        assertThat(PeerIdentity.load(file).peerId().bytes())
                .asHexString()
                .isEqualToIgnoringCase(
                        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    }

    @Test
    void shouldRefuseAKeyThatOthersMayRead() throws IOException {
        Path file = folder.resolve("open.pem");
        IDENTITY.save(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeerIdentity.load(file))
                .withMessage("key file is open to others; close it with: chmod 600 " + file);
    }

    @Test
    void shouldRefuseAFileThatIsNoKey() throws IOException {
        Path file = folder.resolve("photo.jpg");
        for (String content :
                new String[] {
                    "",
                    "hello",
                    "-----BEGIN PRIVATE KEY-----",
                    "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
                    "-----BEGIN PRIVATE KEY-----\nMC4C!\n-----END PRIVATE KEY-----",
                    "-----BEGIN PRIVATE KEY-----\nMC4CAQAw\n-----END PRIVATE KEY-----"
                }) {
            Files.writeString(file, content);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PeerIdentity.load(file))
                    .withMessage("not an Ed25519 key file: " + file);
        }
    }

    @Test
    void shouldMakeACertificateThatTheJdkAccepts() throws GeneralSecurityException, IOException {
        X509Certificate certificate =
                (X509Certificate)
                        CertificateFactory.getInstance("X.509")
                                .generateCertificate(
                                        new ByteArrayInputStream(IDENTITY.certificate()));

        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getVersion()).isEqualTo(3);
        assertThat(certificate.getNotBefore()).isEqualTo("2000-01-01T00:00:00Z");
        assertThat(certificate.getNotAfter()).isEqualTo("9999-12-31T23:59:59Z");
    }

    @Test
    void shouldNotShowItsPrivateKey() {
        assertThat(IDENTITY).hasToString("PeerIdentity[" + IDENTITY.peerId() + "]");
    }
}
