package dev.tern.crypto.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.SeededRandom;
import dev.tern.crypto.tls.ClientAuthentication;
import dev.tern.crypto.tls.HandshakeSide;
import dev.tern.crypto.tls.PeerVerifier;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.crypto.tls.TlsEngine;

import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;

class PemCredentialsTest {
    private static final TestAuthority AUTHORITY = new TestAuthority("authority");

    @TempDir private Path folder;
    private Path trusted;
    private Path chain;
    private Path key;

    @BeforeEach
    void setUp() throws IOException {
        trusted = TestAuthority.pem(folder.resolve("ca"), "CERTIFICATE", AUTHORITY.certificate);
        chain = folder.resolve("chain.pem");
        key = folder.resolve("key.pem");
    }

    private PemCredentials load() throws IOException {
        return PemCredentials.load(chain, key, new SeededRandom(1));
    }

    private void write(KeyPair keys) throws IOException {
        TestAuthority.pem(
                chain,
                "CERTIFICATE",
                AUTHORITY.issue(keys, List.of("localhost")),
                AUTHORITY.certificate);
        TestAuthority.pem(key, keys.getPrivate());
    }

    @ParameterizedTest
    @CsvSource({"RSA, 2048", "EC, 256", "EC, 384", "Ed25519, 0"})
    void shouldProveBothSidesToEachOther(String algorithm, int bits) throws IOException {
        write(TestAuthority.keys(algorithm, bits));
        PemCredentials credentials = load();
        PeerVerifier servers =
                PkixVerifier.server("localhost", trusted, () -> TestAuthority.NOW_MS);
        PeerVerifier clients = PkixVerifier.clients(trusted, () -> TestAuthority.NOW_MS);
        HandshakeSide client = new HandshakeSide();
        HandshakeSide server = new HandshakeSide();
        client.engine =
                TlsEngine.client(
                        TlsConfig.client(new SeededRandom(2), credentials, servers, "tern"),
                        new byte[0],
                        client);
        server.engine =
                TlsEngine.server(
                        TlsConfig.server(new SeededRandom(3), credentials, "tern")
                                .with()
                                .clientAuthentication(ClientAuthentication.OPTIONAL, clients)
                                .build(),
                        new byte[0],
                        server);

        HandshakeSide.run(client, server, HandshakeSide.WHOLE);

        assertThat(client.canTalkTo(server, EncryptionLevel.ONE_RTT)).isTrue();
        assertThat(server.engine.peerCertificates()).hasSize(2);
    }

    @Test
    void shouldReadKeysInTheFormsOfOlderPrograms() throws IOException {
        KeyPair ec = TestAuthority.keys("EC", 256);
        write(ec);
        PrivateKeyInfo pkcs8 = PrivateKeyInfo.getInstance(ec.getPrivate().getEncoded());
        BigInteger secret = ((java.security.interfaces.ECPrivateKey) ec.getPrivate()).getS();
        byte[] sec1 =
                new ECPrivateKey(256, secret, pkcs8.getPrivateKeyAlgorithm().getParameters())
                        .getEncoded();
        TestAuthority.pem(key, "EC PRIVATE KEY", sec1);
        assertThat(load().certificateChain()).hasSize(2);

        KeyPair rsa = TestAuthority.keys("RSA", 2048);
        write(rsa);
        byte[] pkcs1 =
                PrivateKeyInfo.getInstance(rsa.getPrivate().getEncoded())
                        .parsePrivateKey()
                        .toASN1Primitive()
                        .getEncoded();
        TestAuthority.pem(key, "RSA PRIVATE KEY", pkcs1);
        assertThat(load().certificateChain()).hasSize(2);
    }

    @Test
    void shouldSayWhichKeyDoesNotBelongToWhichCertificate() throws IOException {
        write(TestAuthority.keys("EC", 256));
        TestAuthority.pem(key, TestAuthority.keys("EC", 256).getPrivate());

        String sentence = "the key in " + key + " does not belong to the certificate in " + chain;
        assertThatThrownBy(this::load).hasMessage(sentence);
        TestAuthority.pem(key, TestAuthority.keys("RSA", 2048).getPrivate());
        assertThatThrownBy(this::load).hasMessage(sentence);
    }

    @Test
    void shouldSayWhatIsWrongWithAFile() throws IOException {
        assertThatThrownBy(this::load)
                .hasMessage("cannot read certificate file " + chain + ": no such file or folder");
        write(TestAuthority.keys("EC", 256));

        TestAuthority.pem(key, "ENCRYPTED PRIVATE KEY", new byte[8]);
        assertThatThrownBy(this::load)
                .hasMessage("the key is locked by a password, which is not supported: " + key);
        TestAuthority.pem(key, "EC PRIVATE KEY", new byte[8]);
        assertThatThrownBy(this::load).hasMessage("the key is malformed: " + key);
        Files.writeString(key, "hello");
        assertThatThrownBy(this::load).hasMessage("no private key in PEM form: " + key);
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\n*");
        assertThatThrownBy(this::load).hasMessage("the PEM in it is broken: " + key);
        Files.delete(key);
        assertThatThrownBy(this::load)
                .hasMessage("cannot read key file " + key + ": no such file or folder");

        Files.writeString(chain, "hello");
        assertThatThrownBy(this::load).hasMessage("no certificate in PEM form: " + chain);
        TestAuthority.pem(chain, "CERTIFICATE", new byte[9]);
        assertThatThrownBy(this::load).hasMessage("the certificate is malformed: " + chain);
    }

    @Test
    void shouldRefuseWeakKeys() throws IOException {
        write(TestAuthority.keys("RSA", 1024));

        assertThatThrownBy(this::load)
                .hasMessage(
                        "the key must be Ed25519, ECDSA on P-256 or P-384, or RSA of 2048 bits or"
                                + " more: "
                                + chain);
    }

    @Test
    void shouldTellNoSecretInWords() throws IOException {
        write(TestAuthority.keys("EC", 256));

        assertThat(load()).hasToString("PemCredentials[ECDSA_SECP256R1_SHA256]");
    }
}
