package dev.tern.crypto.tls;

import static dev.tern.crypto.tls.HandshakePair.CLIENT;
import static dev.tern.crypto.tls.HandshakePair.CLIENT_PARAMETERS;
import static dev.tern.crypto.tls.HandshakePair.SERVER;
import static dev.tern.crypto.tls.HandshakePair.SERVER_PARAMETERS;
import static dev.tern.crypto.tls.HandshakePair.WHOLE;
import static dev.tern.crypto.tls.HandshakePair.mutualClient;
import static dev.tern.crypto.tls.HandshakePair.mutualServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tern.crypto.CipherSuite;
import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.SeededRandom;
import dev.tern.crypto.resumption.ReplayGuard;
import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.crypto.resumption.TicketSealer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

/** A second connection by the first one's ticket, with and without early data. */
class ResumptionTest {
    private static final long LIFETIME_MS = 3_600_000;
    private static final long WINDOW_MS = 10_000;

    private long nowMs = 1_800_000_000_000L;
    private final TicketSealer sealer =
            new TicketSealer(
                    new SeededRandom(9),
                    () -> nowMs,
                    LIFETIME_MS,
                    new ReplayGuard(WINDOW_MS, 1000));
    private final TlsConfig clientConfig =
            mutualClient().with().keepTickets(() -> nowMs).earlyData(true).build();
    private final TlsConfig serverConfig = mutualServer().with().ticketSealer(sealer).build();

    private HandshakeSide client;
    private HandshakeSide server;

    private void engines(TlsConfig ofClient, TlsConfig ofServer) {
        client = new HandshakeSide();
        server = new HandshakeSide();
        client.engine = TlsEngine.client(ofClient, CLIENT_PARAMETERS, client);
        server.engine = TlsEngine.server(ofServer, SERVER_PARAMETERS, server);
    }

    private SessionTicket ticket(TlsConfig ofClient, TlsConfig ofServer) {
        engines(ofClient, ofServer);
        HandshakeSide.run(client, server, WHOLE);
        assertThat(client.engine.isResumed()).isFalse();
        return SessionTicket.fromBytes(client.ticket.toBytes());
    }

    private SessionTicket ticket() {
        return ticket(clientConfig, serverConfig);
    }

    private void resume(SessionTicket ticket, TlsConfig ofClient, TlsConfig ofServer) {
        engines(ofClient, ofServer);
        assertThat(client.engine.resume(ticket)).isTrue();
        HandshakeSide.run(client, server, WHOLE);
        assertComplete();
    }

    private void resume(SessionTicket ticket) {
        resume(ticket, clientConfig, serverConfig);
    }

    private void assertComplete() {
        assertThat(client.engine.isComplete()).isTrue();
        assertThat(server.engine.isComplete()).isTrue();
        for (EncryptionLevel level : List.of(EncryptionLevel.HANDSHAKE, EncryptionLevel.ONE_RTT)) {
            assertThat(client.canTalkTo(server, level)).isTrue();
            assertThat(server.canTalkTo(client, level)).isTrue();
        }
    }

    private void assertResumed(boolean resumed, boolean early) {
        assertThat(client.engine.isResumed()).isEqualTo(resumed);
        assertThat(server.engine.isResumed()).isEqualTo(resumed);
        assertThat(client.engine.isEarlyDataAccepted()).isEqualTo(early);
        assertThat(server.engine.isEarlyDataAccepted()).isEqualTo(early);
        assertThat(server.earlyKeys != null).isEqualTo(early);
    }

    @ParameterizedTest
    @EnumSource
    void shouldResumeWithEarlyData(CipherSuite suite) {
        TlsConfig of = clientConfig.with().cipherSuites(suite).build();
        SessionTicket ticket = ticket(of, serverConfig);
        nowMs += 5000;

        resume(ticket, of, serverConfig);

        assertResumed(true, true);
        assertThat(client.canTalkEarlyTo(server)).isTrue();
        assertThat(server.rememberedParameters).isEqualTo(SERVER_PARAMETERS);
        assertThat(ticket.session().transportParameters()).isEqualTo(SERVER_PARAMETERS);
        assertThat(server.log).noneMatch(line -> line.startsWith("HANDSHAKE 0b"));
    }

    @Test
    void shouldKnowBothPeersWithoutCertificates() {
        SessionTicket ticket = ticket();

        resume(ticket);

        assertThat(server.engine.peerCertificates()).containsExactly(CLIENT.certificate());
        assertThat(client.engine.peerCertificates()).containsExactly(SERVER.certificate());
    }

    @Test
    void shouldResumeAgainByTheTicketOfAResumedConnection() {
        resume(ticket());

        resume(client.ticket);

        assertResumed(true, true);
        assertThat(server.engine.peerCertificates()).containsExactly(CLIENT.certificate());
    }

    @Test
    void shouldGiveEarlyKeysWithTheClientHello() {
        SessionTicket ticket = ticket();
        engines(clientConfig, serverConfig);
        client.engine.resume(ticket);

        client.engine.start();

        assertThat(client.log).last().isEqualTo("early keys");
    }

    @Test
    void shouldResumeInPiecesOfOneByte() {
        SessionTicket ticket = ticket();
        engines(clientConfig, serverConfig);
        client.engine.resume(ticket);

        HandshakeSide.run(client, server, 1);

        assertComplete();
        assertResumed(true, true);
    }

    @Test
    void shouldGoOnInOneRttWhereTheServerWantsNoEarlyData() {
        SessionTicket ticket = ticket();
        engines(clientConfig, serverConfig);
        client.engine.resume(ticket);
        server.acceptsEarlyData = false;

        HandshakeSide.run(client, server, WHOLE);

        assertComplete();
        assertResumed(true, false);
    }

    @Test
    void shouldSendNoEarlyDataUnlessAskedTo() {
        TlsConfig cautious = clientConfig.with().earlyData(false).build();

        resume(ticket(), cautious, serverConfig);

        assertResumed(true, false);
        assertThat(client.earlyKeys).isNull();
    }

    @Test
    void shouldRefuseReplayedEarlyData() {
        SessionTicket ticket = ticket();
        engines(clientConfig, serverConfig);
        client.engine.resume(ticket);
        client.engine.start();
        byte[] hello = client.outgoing.getFirst().bytes();
        server.engine.receive(EncryptionLevel.INITIAL, hello, 0, hello.length);
        assertThat(server.engine.isEarlyDataAccepted()).isTrue();
        HandshakeSide again = new HandshakeSide();
        again.engine = TlsEngine.server(serverConfig, SERVER_PARAMETERS, again);

        again.engine.receive(EncryptionLevel.INITIAL, hello, 0, hello.length);

        assertThat(again.engine.isEarlyDataAccepted()).isFalse();
        assertThat(again.engine.isResumed()).isTrue();
        assertThat(again.earlyKeys).isNull();
    }

    @Test
    void shouldRefuseEarlyDataThatCameLate() {
        SessionTicket ticket = ticket();
        engines(clientConfig, serverConfig);
        client.engine.resume(ticket);
        client.engine.start();
        nowMs += WINDOW_MS + 1;

        HandshakeSide.run(client, server, WHOLE);

        assertComplete();
        assertResumed(true, false);
    }

    @Test
    void shouldNotOfferATicketThatIsTooOld() {
        SessionTicket ticket = ticket();
        nowMs += LIFETIME_MS;
        engines(clientConfig, serverConfig);

        assertThat(client.engine.resume(ticket)).isFalse();
    }

    @Test
    void shouldNotOfferATicketOfAnotherServer() {
        SessionTicket ticket = ticket();
        engines(
                clientConfig
                        .with()
                        .verifier(
                                dev.tern.crypto.identity.PeerVerifiers.exactly(
                                        HandshakePair.STRANGER.peerId()))
                        .build(),
                serverConfig);

        assertThat(client.engine.resume(ticket)).isFalse();
    }

    @Test
    void shouldNotOfferATicketOfAnotherHostOrProtocol() {
        SessionTicket ticket = ticket();

        engines(clientConfig.with().serverName("other.example").build(), serverConfig);
        assertThat(client.engine.resume(ticket)).isFalse();

        TlsConfig otherProtocol =
                TlsConfig.client(new SeededRandom(1), CLIENT, clientConfig.verifier(), "other")
                        .with()
                        .keepTickets(() -> nowMs)
                        .build();
        engines(otherProtocol, serverConfig);
        assertThat(client.engine.resume(ticket)).isFalse();
    }

    @Test
    void shouldMakeAFullHandshakeWhereTheServerCannotOpenTheTicket() {
        SessionTicket ticket = ticket();
        sealer.destroy();

        resume(ticket);

        assertResumed(false, false);
        assertThat(client.ticket).isNotNull();
    }

    @Test
    void shouldMakeAFullHandshakeWhereTheSessionMayNotGoOn() {
        SessionTicket ticket = ticket();
        engines(clientConfig, serverConfig);
        server.acceptsSession = false;
        client.engine.resume(ticket);

        HandshakeSide.run(client, server, WHOLE);

        assertComplete();
        assertResumed(false, false);
    }

    @Test
    void shouldMakeAFullHandshakeWhereTheServerTakesNoTickets() {
        resume(ticket(), clientConfig, mutualServer());

        assertResumed(false, false);
        assertThat(client.ticket).isNull();
    }

    @Test
    void shouldNotResumeAClientThatIsWelcomeNoMore() {
        SessionTicket ticket = ticket();
        TlsConfig strict =
                serverConfig
                        .with()
                        .clientAuthentication(
                                ClientAuthentication.REQUIRED,
                                dev.tern.crypto.identity.PeerVerifiers.exactly(
                                        HandshakePair.STRANGER.peerId()))
                        .build();
        engines(clientConfig, strict);
        client.engine.resume(ticket);

        assertAlert(TlsAlert.ACCESS_DENIED, () -> HandshakeSide.run(client, server, WHOLE));
        assertThat(server.engine.isResumed()).isFalse();
    }

    @Test
    void shouldNotResumeAnAnonymousClientWhereACertificateIsRequired() {
        TlsConfig anonymous = clientConfig.with().credentials(null).build();
        TlsConfig open =
                serverConfig.with().clientAuthentication(ClientAuthentication.NONE, null).build();
        SessionTicket ticket = ticket(anonymous, open);

        resume(ticket, clientConfig, serverConfig);

        assertResumed(false, false);
    }

    @Test
    void shouldResumeAfterHelloRetryRequest() {
        SessionTicket ticket = ticket();
        TlsConfig otherGroup = serverConfig.with().groups(List.of(NamedGroup.SECP256R1)).build();

        resume(ticket, clientConfig, otherGroup);

        assertResumed(true, false);
        assertThat(client.log).filteredOn(line -> line.startsWith("INITIAL 01")).hasSize(2);
    }

    @Test
    void shouldMakeTicketsAfterHelloRetryRequest() {
        TlsConfig otherGroup = serverConfig.with().groups(List.of(NamedGroup.SECP256R1)).build();
        SessionTicket ticket = ticket(clientConfig, otherGroup);

        resume(ticket);

        assertResumed(true, true);
    }

    @Test
    void shouldRefuseAForgedBinder() {
        SessionTicket ticket = ticket();
        engines(clientConfig, serverConfig);
        client.engine.resume(ticket);
        client.engine.start();
        byte[] hello = client.outgoing.getFirst().bytes();
        hello[hello.length - 1] ^= 1;

        assertAlert(TlsAlert.DECRYPT_ERROR, () -> client.deliverTo(server, WHOLE));
        assertThat(server.earlyKeys).isNull();
    }

    @Test
    void shouldRefuseATicketOfAnEarlyDataLimit() {
        ticket();
        byte[] limited = {
            4, 0, 0, 26, 0, 0, 14, 16, 1, 2, 3, 4, 1, 9, 0, 4, 1, 2, 3, 4, 0, 8, 0, 42, 0, 4, 0, 0,
            16, 0
        };

        assertAlert(
                TlsAlert.ILLEGAL_PARAMETER,
                () -> client.engine.receive(EncryptionLevel.ONE_RTT, limited, 0, limited.length));
    }

    @Test
    void shouldSendNoTicketToAClientThatTakesNone() {
        engines(mutualClient(), serverConfig);

        HandshakeSide.run(client, server, WHOLE);

        assertThat(server.log).noneMatch(line -> line.startsWith("ONE_RTT 04"));
    }

    @Test
    void shouldTellNoSecretInWords() {
        SessionTicket ticket = ticket();

        assertThat(ticket.toString()).isEqualTo("SessionTicket[tern, AES_128_GCM_SHA256]");
    }

    private static void assertAlert(int alert, Runnable action) {
        TlsAlertException thrown = catchThrowableOfType(TlsAlertException.class, action::run);
        assertThat(thrown).isNotNull();
        assertThat(thrown.alert()).as(thrown.getMessage()).isEqualTo(alert);
    }
}
