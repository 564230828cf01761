package dev.tern.crypto.tls;

import static dev.tern.crypto.tls.HandshakePair.CLIENT;
import static dev.tern.crypto.tls.HandshakePair.SERVER;
import static dev.tern.crypto.tls.HandshakePair.WHOLE;
import static dev.tern.crypto.tls.HandshakePair.mutualClient;
import static dev.tern.crypto.tls.HandshakePair.mutualServer;
import static dev.tern.crypto.tls.HandshakePair.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tern.crypto.CipherSuite;
import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.KeySchedule;
import dev.tern.crypto.identity.PeerVerifiers;
import dev.tern.crypto.resumption.ReplayGuard;
import dev.tern.crypto.resumption.TicketSealer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;

/** What two sides agree on: suites, groups, certificates; and what they write to a key log. */
class NegotiationTest {
    private HandshakePair pair = new HandshakePair();

    private void run(TlsConfig client, TlsConfig server) {
        pair = new HandshakePair();
        pair.engines(client, server);
        HandshakeSide.run(pair.client, pair.server, WHOLE);
        assertThat(pair.client.engine.isComplete()).isTrue();
        assertThat(pair.server.engine.isComplete()).isTrue();
        assertThat(pair.client.canTalkTo(pair.server, EncryptionLevel.ONE_RTT)).isTrue();
        assertThat(pair.server.canTalkTo(pair.client, EncryptionLevel.ONE_RTT)).isTrue();
    }

    private int clientHellos() {
        return (int) pair.client.log.stream().filter(line -> line.startsWith("INITIAL 01")).count();
    }

    private int clientHelloBytes() {
        return pair.client.log.getFirst().length() / 2 - 4;
    }

    @ParameterizedTest
    @EnumSource
    void shouldCompleteWithEachSuite(CipherSuite suite) {
        run(mutualClient().with().cipherSuites(suite).build(), mutualServer());

        assertThat(pair.client.engine.exportKeyingMaterial("EXPORTER-tern", new byte[1], 50))
                .isEqualTo(
                        pair.server.engine.exportKeyingMaterial("EXPORTER-tern", new byte[1], 50));
    }

    @ParameterizedTest
    @EnumSource
    void shouldCompleteWithEachGroup(NamedGroup group) {
        run(mutualClient().with().groups(List.of(group)).build(), mutualServer());

        assertThat(clientHellos()).isEqualTo(1);
    }

    @Test
    void shouldCostTheHybridASecondDatagramAndTheClassicNone() {
        run(mutualClient(), mutualServer());
        assertThat(clientHelloBytes()).isBetween(1200, 1700);

        run(mutualClient().with().groups(NamedGroup.CLASSIC).build(), mutualServer());
        assertThat(clientHelloBytes()).isLessThan(400);
    }

    @Test
    void shouldMeetAServerWithoutTheHybridInOneRoundTrip() {
        run(mutualClient(), mutualServer().with().groups(NamedGroup.CLASSIC).build());

        assertThat(clientHellos()).isEqualTo(1);
    }

    @Test
    void shouldRetryForAServerThatInsistsOnTheHybrid() {
        run(
                mutualClient()
                        .with()
                        .groups(List.of(NamedGroup.X25519, NamedGroup.X25519MLKEM768))
                        .build(),
                mutualServer().with().groups(List.of(NamedGroup.X25519MLKEM768)).build());

        assertThat(clientHellos()).isEqualTo(2);
    }

    @Test
    void shouldLetInAClientWithoutCertificateWhereItIsOptional() {
        TlsConfig optional =
                mutualServer()
                        .with()
                        .clientAuthentication(
                                ClientAuthentication.OPTIONAL,
                                PeerVerifiers.exactly(CLIENT.peerId()))
                        .build();

        run(mutualClient().with().credentials(null).build(), optional);
        assertThat(pair.server.engine.peerCertificates()).isEmpty();

        run(mutualClient(), optional);
        assertThat(pair.server.engine.peerCertificates()).containsExactly(CLIENT.certificate());
    }

    @Test
    void shouldLogTheSameSecretsAtBothEnds() {
        List<String> clientLines = new ArrayList<>();
        List<String> serverLines = new ArrayList<>();

        run(
                mutualClient().with().keyLog(clientLines::add).build(),
                mutualServer().with().keyLog(serverLines::add).build());

        assertThat(clientLines).isEqualTo(serverLines).hasSize(5);
        assertThat(clientLines.stream().map(line -> line.replaceAll(" .*", "")))
                .containsExactly(
                        "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
                        "SERVER_HANDSHAKE_TRAFFIC_SECRET",
                        "CLIENT_TRAFFIC_SECRET_0",
                        "SERVER_TRAFFIC_SECRET_0",
                        "EXPORTER_SECRET");
        assertThat(clientLines).allMatch(line -> line.matches("[A-Z_0]+ [0-9a-f]{64} [0-9a-f]+"));
    }

    @Test
    void shouldLogTheEarlySecretOfAResumedConnection() {
        List<String> clientLines = new ArrayList<>();
        List<String> serverLines = new ArrayList<>();
        TicketSealer sealer =
                new TicketSealer(random(), () -> 0, 60_000, new ReplayGuard(1000, 10));
        TlsConfig client =
                mutualClient()
                        .with()
                        .keepTickets(() -> 0)
                        .earlyData(true)
                        .keyLog(clientLines::add)
                        .build();
        TlsConfig server =
                mutualServer().with().ticketSealer(sealer).keyLog(serverLines::add).build();
        run(client, server);
        HandshakeSide resumed = new HandshakeSide();
        HandshakeSide acceptor = new HandshakeSide();
        resumed.engine = TlsEngine.client(client, new byte[0], resumed);
        acceptor.engine = TlsEngine.server(server, new byte[0], acceptor);
        resumed.engine.resume(pair.client.ticket);

        HandshakeSide.run(resumed, acceptor, WHOLE);

        assertThat(clientLines)
                .anyMatch(line -> line.startsWith("CLIENT_EARLY_TRAFFIC_SECRET "))
                .isEqualTo(serverLines);
    }

    @Test
    void shouldMakeKeysForTheVersionThatIsSpoken() {
        pair.engines(mutualClient(), mutualServer());
        pair.client.keySchedule = KeySchedule.V2;

        HandshakeSide.run(pair.client, pair.server, WHOLE);

        assertThat(pair.client.canTalkTo(pair.server, EncryptionLevel.ONE_RTT)).isFalse();
    }

    @Test
    void shouldDoNothingOnceDestroyed() {
        run(mutualClient(), mutualServer());
        TlsEngine engine = pair.client.engine;

        engine.destroy();
        engine.destroy();

        assertThatThrownBy(() -> engine.receive(EncryptionLevel.ONE_RTT, new byte[1], 0, 1))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> engine.exportKeyingMaterial("x", new byte[0], 8))
                .isInstanceOf(IllegalStateException.class);
        assertThat(engine.peerCertificates()).containsExactly(SERVER.certificate());
    }

    @Test
    void shouldLetItselfBeDestroyedBeforeItsStart() {
        pair.engines(mutualClient(), mutualServer());

        pair.client.engine.destroy();
        pair.server.engine.destroy();

        assertThatThrownBy(
                        () ->
                                pair.server.engine.receive(
                                        EncryptionLevel.INITIAL, new byte[1], 0, 1))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldNameNoSecretInItsConfiguration() {
        assertThat(mutualClient()).hasToString("TlsConfig[tern]");
    }

    @Test
    void shouldRefuseSettingsThatCannotWork() {
        assertThatThrownBy(() -> mutualClient().with().cipherSuites().build())
                .hasMessage("TLS needs a cipher suite");
        assertThatThrownBy(() -> mutualClient().with().groups(List.of()).build())
                .hasMessage("TLS needs a group for the key exchange");
        assertThatThrownBy(
                        () ->
                                mutualServer()
                                        .with()
                                        .clientAuthentication(ClientAuthentication.OPTIONAL, null)
                                        .build())
                .hasMessage("a peer's certificate needs a verifier");
        assertThatThrownBy(
                        () ->
                                TlsEngine.server(
                                        mutualServer().with().credentials(null).build(),
                                        new byte[0],
                                        pair.server))
                .hasMessage("a server needs credentials");
    }
}
