package dev.tern.crypto.tls;

import static dev.tern.crypto.tls.HandshakePair.CLIENT_PARAMETERS;
import static dev.tern.crypto.tls.HandshakePair.SERVER_PARAMETERS;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.crypto.CipherSuite;
import dev.tern.crypto.SeededRandom;
import dev.tern.crypto.identity.PemCredentials;
import dev.tern.crypto.identity.PkixVerifier;
import dev.tern.crypto.identity.TestAuthority;
import dev.tern.crypto.resumption.ReplayGuard;
import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.crypto.resumption.TicketSealer;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import tech.kwik.agent15.NewSessionTicket;
import tech.kwik.agent15.TlsConstants;
import tech.kwik.agent15.TlsProtocolException;
import tech.kwik.agent15.engine.TlsServerEngineFactory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Against agent15, another TLS 1.3 for QUIC, in both roles. It knows no HelloRetryRequest. */
class Agent15InteropTest {
    private static final char[] PASSWORD = {'x'};
    private static final TestAuthority AUTHORITY = new TestAuthority("authority");
    private static final KeyPair KEYS = TestAuthority.keys("EC", 256);
    private static final byte[] CERTIFICATE = AUTHORITY.issue(KEYS, List.of("localhost"));

    /** agent15 tells ages by the real clock, and this machine may stop for a while. */
    private static final long WINDOW_MS = 3_600_000;

    @TempDir private Path folder;
    private PemCredentials credentials;
    private PeerVerifier verifier;
    private final Map<String, byte[]> secrets = new HashMap<>();

    @BeforeEach
    void setUp() throws IOException {
        Path chain = TestAuthority.pem(folder.resolve("chain"), "CERTIFICATE", CERTIFICATE);
        Path key = TestAuthority.pem(folder.resolve("key"), KEYS.getPrivate());
        Path trusted =
                TestAuthority.pem(folder.resolve("ca"), "CERTIFICATE", AUTHORITY.certificate);
        credentials = PemCredentials.load(chain, key, new SeededRandom(4));
        verifier = PkixVerifier.server("localhost", trusted, () -> TestAuthority.NOW_MS);
    }

    private void logKey(String line) {
        String[] words = line.split(" ", 3);
        secrets.put(words[0], HexFormat.of().parseHex(words[2]));
    }

    private HandshakeSide server(TicketSealer sealer) {
        HandshakeSide server = new HandshakeSide();
        server.engine =
                TlsEngine.server(
                        TlsConfig.server(new SeededRandom(5), credentials, "tern")
                                .with()
                                .ticketSealer(sealer)
                                .keyLog(this::logKey)
                                .build(),
                        SERVER_PARAMETERS,
                        server);
        return server;
    }

    private HandshakeSide client(CipherSuite suite) {
        HandshakeSide client = new HandshakeSide();
        client.engine =
                TlsEngine.client(
                        TlsConfig.client(new SeededRandom(6), null, verifier, "tern")
                                .with()
                                .serverName("localhost")
                                .cipherSuites(suite)
                                .keepTickets(() -> TestAuthority.NOW_MS)
                                .earlyData(true)
                                .keyLog(this::logKey)
                                .build(),
                        CLIENT_PARAMETERS,
                        client);
        return client;
    }

    private static TlsServerEngineFactory agent15() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        Certificate certificate =
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(CERTIFICATE));
        store.setKeyEntry("tern", KEYS.getPrivate(), PASSWORD, new Certificate[] {certificate});
        return new TlsServerEngineFactory(store, "tern", PASSWORD, "secp256r1");
    }

    @ParameterizedTest
    @EnumSource
    void shouldServeAgent15(CipherSuite suite) throws IOException, TlsProtocolException {
        HandshakeSide server = server(null);
        Agent15Client client =
                new Agent15Client(TlsConstants.CipherSuite.valueOf("TLS_" + suite), null);

        client.run(server);

        assertThat(client.finished).isTrue();
        assertThat(server.engine.isComplete()).isTrue();
        assertThat(client.peerParameters).isEqualTo(SERVER_PARAMETERS);
        assertThat(server.peerParameters).isEqualTo(CLIENT_PARAMETERS);
        assertSameSecrets(
                client.engine.getClientHandshakeTrafficSecret(),
                client.engine.getServerHandshakeTrafficSecret(),
                client.engine.getClientApplicationTrafficSecret(),
                client.engine.getServerApplicationTrafficSecret());
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeServedByAgent15(CipherSuite suite)
            throws GeneralSecurityException, IOException, TlsProtocolException {
        HandshakeSide client = client(suite);
        Agent15Server server = new Agent15Server(agent15());

        server.run(client);

        assertThat(server.finished).isTrue();
        assertThat(client.engine.isComplete()).isTrue();
        assertThat(client.peerParameters).isEqualTo(SERVER_PARAMETERS);
        assertThat(server.peerParameters).isEqualTo(CLIENT_PARAMETERS);
        assertThat(client.engine.applicationProtocol()).isEqualTo("tern");
        assertSameSecrets(
                server.engine.getClientHandshakeTrafficSecret(),
                server.engine.getServerHandshakeTrafficSecret(),
                server.engine.getClientApplicationTrafficSecret(),
                server.engine.getServerApplicationTrafficSecret());
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeBackItsTicketFromAgent15WithEarlyData(CipherSuite suite)
            throws IOException, TlsProtocolException {
        TicketSealer sealer =
                new TicketSealer(
                        new SeededRandom(7),
                        () -> TestAuthority.NOW_MS,
                        WINDOW_MS,
                        new ReplayGuard(WINDOW_MS, 10));
        TlsConstants.CipherSuite theirs = TlsConstants.CipherSuite.valueOf("TLS_" + suite);
        Agent15Client first = new Agent15Client(theirs, null);
        first.run(server(sealer));
        NewSessionTicket ticket = first.ticket;
        assertThat(ticket.hasEarlyDataExtension()).isTrue();

        Agent15Client client = new Agent15Client(theirs, ticket);
        HandshakeSide server = server(sealer);
        client.run(server);

        assertThat(client.finished).isTrue();
        assertThat(server.engine.isResumed()).isTrue();
        assertThat(server.engine.isEarlyDataAccepted()).isTrue();
        assertThat(secrets.get("CLIENT_EARLY_TRAFFIC_SECRET"))
                .isEqualTo(client.engine.getClientEarlyTrafficSecret());
    }

    @Test
    void shouldResumeByTheTicketOfAgent15WithEarlyData()
            throws GeneralSecurityException, IOException, TlsProtocolException {
        TlsServerEngineFactory factory = agent15();
        HandshakeSide first = client(CipherSuite.AES_128_GCM_SHA256);
        new Agent15Server(factory).run(first);
        SessionTicket ticket = first.ticket;

        HandshakeSide client = client(CipherSuite.AES_128_GCM_SHA256);
        assertThat(client.engine.resume(ticket)).isTrue();
        Agent15Server server = new Agent15Server(factory);
        server.run(client);

        assertThat(server.finished).isTrue();
        assertThat(client.engine.isResumed()).isTrue();
        assertThat(client.engine.isEarlyDataAccepted()).isEqualTo(ticket.allowsEarlyData());
        assertThat(secrets.get("CLIENT_EARLY_TRAFFIC_SECRET"))
                .isEqualTo(server.engine.getClientEarlyTrafficSecret());
    }

    private void assertSameSecrets(
            byte[] clientHandshake,
            byte[] serverHandshake,
            byte[] clientApplication,
            byte[] serverApplication) {
        assertThat(secrets.get("CLIENT_HANDSHAKE_TRAFFIC_SECRET")).isEqualTo(clientHandshake);
        assertThat(secrets.get("SERVER_HANDSHAKE_TRAFFIC_SECRET")).isEqualTo(serverHandshake);
        assertThat(secrets.get("CLIENT_TRAFFIC_SECRET_0")).isEqualTo(clientApplication);
        assertThat(secrets.get("SERVER_TRAFFIC_SECRET_0")).isEqualTo(serverApplication);
    }
}
