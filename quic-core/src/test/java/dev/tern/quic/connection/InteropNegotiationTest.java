package dev.tern.quic.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.crypto.CipherSuite;
import dev.tern.crypto.resumption.ReplayGuard;
import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.crypto.resumption.TicketSealer;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.sim.LinkProfile;
import dev.tern.quic.sim.SimRebinding;
import dev.tern.quic.wire.Versions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.util.function.UnaryOperator;

/**
 * Those scenarios of quic-interop-runner that are about what the two sides agree on, in virtual
 * time; data flows either way.
 */
class InteropNegotiationTest {
    private static final long MS = TestPeers.MS;
    private static final long SECOND = 1000 * MS;
    private static final int BYTES = 300_000;

    private final TestPeers peers = new TestPeers(7, false);
    private SessionTicket ticket;

    private Connection established() {
        Connection connection = peers.connect();
        assertThat(peers.runUntilEstablished(connection, 10 * SECOND)).isTrue();
        return connection;
    }

    private Connection server() {
        return peers.serverEvents.connection;
    }

    private Delivery delivery(boolean upload, Connection client) {
        return upload
                ? new Delivery(peers, client, peers.serverEvents, 60 * SECOND)
                : new Delivery(peers, server(), peers.clientEvents, 60 * SECOND);
    }

    private void adjust(UnaryOperator<ConnectionConfig> adjustment) {
        peers.adjustClient(adjustment);
        peers.adjustServer(adjustment);
    }

    private static ConnectionConfig withTls(ConnectionConfig config, TlsConfig tls) {
        return config.with().tls(tls).build();
    }

    @Test
    void shouldShakeHands() {
        Connection client = established();

        assertThat(client.version()).isEqualTo(Versions.V1);
        assertThat(client.isResumed()).isFalse();
        assertThat(server().isEstablished()).isTrue();
        delivery(false, client).send(1, 1000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSpeakChaCha20Only(boolean upload) {
        adjust(
                config ->
                        withTls(
                                config,
                                config.tls()
                                        .with()
                                        .cipherSuites(CipherSuite.CHACHA20_POLY1305_SHA256)
                                        .build()));

        delivery(upload, established()).send(1, BYTES);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldComeBackAfterRetry(boolean upload) {
        peers.server.retryFromHalfOpen(0);
        long startNs = peers.world.nowNs();

        Connection client = established();

        assertThat(peers.world.nowNs() - startNs).isGreaterThanOrEqualTo(100 * MS);
        delivery(upload, client).send(1, BYTES);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSpeakVersion2(boolean upload) {
        peers.adjustServer(config -> config.with().versions(Versions.V2, Versions.V1).build());

        Connection client = established();

        assertThat(client.version()).isEqualTo(Versions.V2);
        assertThat(server().version()).isEqualTo(Versions.V2);
        delivery(upload, client).send(1, BYTES);
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void shouldUpdateKeys(boolean upload, boolean byClient) {
        Connection client = established();
        peers.world.run(peers.world.nowNs() + 100 * MS);

        (byClient ? client : server()).updateKeys();
        delivery(upload, client).send(1, BYTES);

        assertThat(client.keyUpdates()).isEqualTo(1);
        assertThat(server().keyUpdates()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSeeMarksArrive(boolean upload) {
        peers.clientLink.profile(
                LinkProfile.PERFECT.delay(10 * MS, 0).rate(5_000_000, 100_000, 10_000));
        Connection client = established();

        delivery(upload, client).send(1, BYTES);

        assertThat(client.currentPath().isEcnCapable()).isTrue();
        assertThat(server().currentPath().isEcnCapable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void shouldFollowANatThatForgets(boolean upload, boolean anotherAddress) throws Exception {
        SimRebinding nat = new SimRebinding(InetAddress.getByName("203.0.113.1"));
        peers.clientLink.rate(10_000_000, 100_000);
        peers.clientHost.down(TestPeers.CLIENT);
        peers.clientHost.up(TestPeers.CLIENT, peers.clientLink, nat);
        Connection client = established();
        InetAddress other = InetAddress.getByName("203.0.113.2");
        peers.world.at(
                peers.world.nowNs() + 150 * MS,
                () -> {
                    if (anotherAddress) {
                        nat.rebind(other);
                    } else {
                        nat.rebind();
                    }
                });

        delivery(upload, client).send(1, 3 * BYTES);

        assertThat(server().currentPath().isValidated()).isTrue();
        assertThat(server().currentPath().remote().getPort()).isEqualTo(20_001);
    }

    // ---- the session of an earlier connection

    private long wallClockMs() {
        return 1_700_000_000_000L + peers.world.nowNs() / MS;
    }

    private void earnTicket(boolean earlyData) {
        TicketSealer sealer =
                new TicketSealer(
                        peers.tlsRandom(),
                        this::wallClockMs,
                        3_600_000L,
                        new ReplayGuard(10_000, 1000));
        peers.adjustServer(
                config -> withTls(config, config.tls().with().ticketSealer(sealer).build()));
        peers.adjustClient(
                config ->
                        withTls(
                                        config,
                                        config.tls()
                                                .with()
                                                .keepTickets(this::wallClockMs)
                                                .earlyData(earlyData)
                                                .build())
                                .with()
                                .session(ticket)
                                .build());
        established();
        peers.world.run(peers.world.nowNs() + SECOND);
        ticket = peers.clientEvents.ticket;
        peers.serverEvents.connection = null;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldResume(boolean upload) {
        earnTicket(false);

        Connection client = established();

        assertThat(client.isResumed()).isTrue();
        assertThat(client.isEarlyDataAccepted()).isFalse();
        delivery(upload, client).send(1, BYTES);
    }

    @Test
    void shouldHaveItsFirstFlightRead() {
        earnTicket(true);
        long startNs = peers.world.nowNs();

        Connection client = peers.connect();
        delivery(true, client).send(1, 3000);

        assertThat(peers.world.nowNs() - startNs).isEqualTo(20 * MS);
        assertThat(peers.runUntilEstablished(client, SECOND)).isTrue();
        assertThat(client.isEarlyDataAccepted()).isTrue();
        delivery(false, client).send(1, BYTES);
    }
}
