package dev.tern.crypto.tls;

import static dev.tern.crypto.tls.HandshakePair.CLIENT;
import static dev.tern.crypto.tls.HandshakePair.CLIENT_PARAMETERS;
import static dev.tern.crypto.tls.HandshakePair.SERVER;
import static dev.tern.crypto.tls.HandshakePair.SERVER_PARAMETERS;
import static dev.tern.crypto.tls.HandshakePair.WHOLE;
import static dev.tern.crypto.tls.HandshakePair.mutualClient;
import static dev.tern.crypto.tls.HandshakePair.mutualServer;
import static dev.tern.crypto.tls.HandshakePair.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.identity.PeerId;
import dev.tern.crypto.identity.PeerVerifiers;

import org.junit.jupiter.api.Test;

import java.util.List;

class TlsEngineTest {
    private final HandshakePair pair = new HandshakePair();
    private final HandshakeSide client = pair.client;
    private final HandshakeSide server = pair.server;

    @Test
    void shouldCompleteWithBothIdentitiesVerified() {
        pair.setUpMutual();

        HandshakeSide.run(client, server, WHOLE);

        assertComplete();
        assertThat(client.engine.peerCertificates()).containsExactly(SERVER.certificate());
        assertThat(server.engine.peerCertificates()).containsExactly(CLIENT.certificate());
        assertThat(PeerId.ofCertificate(server.engine.peerCertificates().getFirst()))
                .isEqualTo(CLIENT.peerId());
    }

    @Test
    void shouldCompleteWithAnAnonymousClient() {
        pair.engines(
                TlsConfig.client(random(), null, PeerVerifiers.exactly(SERVER.peerId()), "tern"),
                TlsConfig.server(random(), SERVER, "tern"));

        HandshakeSide.run(client, server, WHOLE);

        assertComplete();
        assertThat(server.engine.peerCertificates()).isEmpty();
    }

    @Test
    void shouldCompleteInPiecesOfOneByte() {
        pair.setUpMutual();

        HandshakeSide.run(client, server, 1);

        assertComplete();
    }

    @Test
    void shouldCompleteAfterHelloRetryRequest() {
        pair.setUpMutual();
        pair.useServerWithoutX25519();

        HandshakeSide.run(client, server, WHOLE);

        assertComplete();
        assertThat(client.log).filteredOn(line -> line.startsWith("INITIAL 01")).hasSize(2);
        assertThat(server.log).filteredOn(line -> line.equals("parameters")).hasSize(1);
    }

    @Test
    void shouldReportEventsInTheOrderThatIsPromised() {
        pair.setUpMutual();

        HandshakeSide.run(client, server, WHOLE);

        assertThat(kinds(client))
                .containsExactly(
                        "INITIAL",
                        "HANDSHAKE keys",
                        "parameters",
                        "HANDSHAKE",
                        "HANDSHAKE",
                        "HANDSHAKE",
                        "ONE_RTT keys",
                        "complete");
        assertThat(kinds(server))
                .containsExactly(
                        "parameters",
                        "INITIAL",
                        "HANDSHAKE keys",
                        "HANDSHAKE",
                        "HANDSHAKE",
                        "HANDSHAKE",
                        "HANDSHAKE",
                        "HANDSHAKE",
                        "ONE_RTT keys",
                        "complete");
    }

    private static List<String> kinds(HandshakeSide side) {
        return side.log.stream().map(line -> line.replaceFirst(" [0-9a-f]+$", "")).toList();
    }

    @Test
    void shouldLeaveLegacySessionIdEmpty() {
        pair.setUpMutual();
        client.engine.start();

        byte[] hello = client.outgoing.getFirst().bytes();

        assertThat(hello[4 + 2 + 32]).isZero();
    }

    @Test
    void shouldMakeTheSameBytesFromTheSameSeed() {
        pair.setUpMutual();
        HandshakeSide.run(client, server, WHOLE);
        HandshakeSide secondClient = new HandshakeSide();
        HandshakeSide secondServer = new HandshakeSide();
        secondClient.engine = TlsEngine.client(mutualClient(), CLIENT_PARAMETERS, secondClient);
        secondServer.engine = TlsEngine.server(mutualServer(), SERVER_PARAMETERS, secondServer);
        HandshakeSide.run(secondClient, secondServer, WHOLE);

        assertThat(secondClient.log).isEqualTo(client.log);
        assertThat(secondServer.log).isEqualTo(server.log);
    }

    @Test
    void shouldChooseTheServersBestCommonProtocol() {
        pair.engines(
                TlsConfig.client(random(), CLIENT, PeerVerifiers.anyPeer(), "a", "b", "c"),
                TlsConfig.server(random(), SERVER, "x", "c", "b"));

        HandshakeSide.run(client, server, WHOLE);

        assertThat(client.engine.applicationProtocol()).isEqualTo("c");
        assertThat(server.engine.applicationProtocol()).isEqualTo("c");
    }

    @Test
    void shouldIgnoreNewSessionTickets() {
        pair.setUpMutual();
        HandshakeSide.run(client, server, WHOLE);
        byte[] ticket = {4, 0, 0, 18, 0, 0, 14, 16, 1, 2, 3, 4, 1, 9, 0, 4, 1, 2, 3, 4, 0, 0};

        client.engine.receive(EncryptionLevel.ONE_RTT, ticket, 0, ticket.length);

        assertThat(client.engine.isComplete()).isTrue();
    }

    @Test
    void shouldExportTheSameSecretAtBothEnds() {
        pair.setUpMutual();
        HandshakeSide.run(client, server, WHOLE);
        byte[] context = {7};

        byte[] exported = client.engine.exportKeyingMaterial("EXPORTER-tern", context, 40);

        assertThat(exported)
                .hasSize(40)
                .isEqualTo(server.engine.exportKeyingMaterial("EXPORTER-tern", context, 40));
        assertThat(client.engine.exportKeyingMaterial("EXPORTER-other", context, 40))
                .isNotEqualTo(exported);
        assertThat(client.engine.exportKeyingMaterial("EXPORTER-tern", new byte[0], 40))
                .isNotEqualTo(exported);
    }

    @Test
    void shouldExportNothingBeforeTheEnd() {
        pair.setUpMutual();

        assertThatThrownBy(() -> client.engine.exportKeyingMaterial("x", new byte[0], 32))
                .isInstanceOf(IllegalStateException.class);
    }

    private void assertComplete() {
        assertThat(client.engine.isComplete()).isTrue();
        assertThat(server.engine.isComplete()).isTrue();
        assertThat(client.peerParameters).isEqualTo(SERVER_PARAMETERS);
        assertThat(server.peerParameters).isEqualTo(CLIENT_PARAMETERS);
        assertThat(client.engine.applicationProtocol()).isEqualTo("tern");
        assertThat(server.engine.applicationProtocol()).isEqualTo("tern");
        for (EncryptionLevel level : List.of(EncryptionLevel.HANDSHAKE, EncryptionLevel.ONE_RTT)) {
            assertThat(client.canTalkTo(server, level)).isTrue();
            assertThat(server.canTalkTo(client, level)).isTrue();
        }
    }
}
