package dev.tern.quic.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.crypto.resumption.ReplayGuard;
import dev.tern.crypto.resumption.Session;
import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.crypto.resumption.TicketSealer;
import dev.tern.quic.sim.SimElement;
import dev.tern.quic.sim.SimExit;
import dev.tern.quic.sim.SimPacket;
import dev.tern.quic.wire.PacketHeader;
import dev.tern.quic.wire.PacketType;
import dev.tern.quic.wire.TransportParameters;
import dev.tern.quic.wire.Versions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.function.IntPredicate;

/** Session resumption and 0-RTT (RFC 9001 §4.5, §4.6). */
class ResumptionTest {
    private static final long MS = TestPeers.MS;
    private static final long SECOND = 1000 * MS;
    private static final long HOUR_MS = 3_600_000L;

    private final TestPeers peers = new TestPeers(1, false);
    private final TicketSealer sealer;
    private SessionTicket ticket;

    ResumptionTest() {
        sealer =
                new TicketSealer(
                        peers.tlsRandom(),
                        this::wallClockMs,
                        HOUR_MS,
                        new ReplayGuard(10_000, 1000));
        peers.adjustServer(this::withTickets);
        peers.adjustClient(this::withSession);
    }

    private ConnectionConfig withTickets(ConnectionConfig config) {
        return config.with().tls(config.tls().with().ticketSealer(sealer).build()).build();
    }

    private void serveOnly(int version) {
        peers.adjustServer(config -> withTickets(config).with().versions(version).build());
        peers.server.acceptVersions(List.of(version));
    }

    private long wallClockMs() {
        return 1_700_000_000_000L + peers.world.nowNs() / MS;
    }

    private ConnectionConfig withSession(ConnectionConfig config) {
        return config.with()
                .tls(config.tls().with().keepTickets(this::wallClockMs).earlyData(true).build())
                .session(ticket)
                .build();
    }

    private Connection connectOnceForTheTicket() {
        Connection first = peers.connect();
        assertThat(peers.runUntilEstablished(first, SECOND)).isTrue();
        peers.world.run(peers.world.nowNs() + SECOND);
        ticket = peers.clientEvents.ticket;
        assertThat(ticket).isNotNull();
        peers.serverEvents.connection = null;
        peers.serverEvents.ended.clear();
        peers.serverEvents.received.clear();
        return first;
    }

    @Test
    void shouldResumeAndHaveEarlyDataRead() {
        connectOnceForTheTicket();
        long startNs = peers.world.nowNs();

        Connection second = peers.connect();
        Transfer transfer = new Transfer(peers, second, 3_000);
        transfer.finish();

        assertThat(peers.world.nowNs() - startNs).isEqualTo(20 * MS); // with the first flight
        assertThat(peers.runUntilEstablished(second, SECOND)).isTrue();
        assertThat(second.isResumed()).isTrue();
        assertThat(second.isEarlyDataAccepted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void shouldLoseNoEarlyDataWhicheverDatagramIsLost(int index) {
        connectOnceForTheTicket();
        int[] seen = {0};
        peers.clientLink.dropOutbound(n -> seen[0]++ == index);

        Connection second = peers.connect();
        new Transfer(peers, second, 8_000).finish();

        assertThat(second.isResumed()).isTrue();
    }

    /** Lets 0-RTT packets overtake the Initial packets of a client. */
    private void slowInitials(long delayNs, IntPredicate lost) {
        PacketHeader header = new PacketHeader();
        int[] seen = {0};
        SimElement detour =
                new SimElement() {
                    @Override
                    public void onOutbound(SimPacket packet, long nowNs, SimExit exit) {
                        byte[] bytes = packet.payload();
                        header.parse(bytes, 0, bytes.length, PacketHeader.SELF_DESCRIBED);
                        boolean initial = header.type() == PacketType.INITIAL;
                        if (!initial || !lost.test(seen[0]++)) {
                            exit.outward(packet, initial ? delayNs : 0);
                        }
                    }

                    @Override
                    public void onInbound(SimPacket packet, long nowNs, SimExit exit) {
                        exit.inward(packet, 0);
                    }
                };
        peers.clientHost.down(TestPeers.CLIENT);
        peers.clientHost.up(TestPeers.CLIENT, detour, peers.clientLink);
    }

    @Test
    void shouldReadEarlyDataThatOvertookTheInitial() {
        connectOnceForTheTicket();
        slowInitials(5 * MS, n -> false);
        long startNs = peers.world.nowNs();

        Connection second = peers.connect();
        new Transfer(peers, second, 4_000).finish();

        assertThat(peers.world.nowNs() - startNs).isEqualTo(25 * MS);
        assertThat(peers.runUntilEstablished(second, SECOND)).isTrue();
        assertThat(second.isEarlyDataAccepted()).isTrue();
    }

    @Test
    void shouldReadEarlyDataThatOvertookTheRestOfALongClientHello() {
        connectOnceForTheTicket();
        slowInitials(0, n -> n == 1);
        long startNs = peers.world.nowNs();

        Connection second = peers.connect();
        Transfer transfer = new Transfer(peers, second, 8_000);
        transfer.finish();

        // As soon as the probe timeout of a round trip that is not known yet has passed.
        assertThat(peers.world.nowNs() - startNs).isLessThan(1_100 * MS);
        assertThat(peers.runUntilEstablished(second, SECOND)).isTrue();
        assertThat(second.isEarlyDataAccepted()).isTrue();
    }

    @Test
    void shouldKeepNothingOfClientsThatMustProveTheirAddress() {
        connectOnceForTheTicket();
        peers.server.retryFromHalfOpen(0);
        slowInitials(5 * MS, n -> false);

        Connection second = peers.connect();
        new Transfer(peers, second, 8_000).finish();

        assertThat(second.isResumed()).isTrue();
    }

    @Test
    void shouldServeOthersWhileSomebodySendsEarlyPacketsAlone() {
        connectOnceForTheTicket();
        byte[] flood = new byte[1200];
        for (int i = 0; i < 10_000; i++) {
            flood[0] = (byte) 0xd0; // 0-RTT, version 1, an ID of eight bytes, none, and a length
            flood[4] = 1;
            flood[5] = 8;
            flood[6] = (byte) (i >> 8);
            flood[7] = (byte) i;
            flood[15] = 0x44;
            peers.server.onDatagram(
                    TestPeers.SERVER,
                    TestPeers.CLIENT,
                    0,
                    flood,
                    0,
                    flood.length,
                    peers.world.nowNs());
        }

        Connection second = peers.connect();
        new Transfer(peers, second, 8_000).finish();

        assertThat(peers.runUntilEstablished(second, SECOND)).isTrue();
        assertThat(second.isEarlyDataAccepted()).isTrue();
    }

    @Test
    void shouldSendAgainWhatTheServerDeclinedToRead() {
        connectOnceForTheTicket();
        peers.adjustServer(
                config -> {
                    TicketSealer other =
                            new TicketSealer(
                                    peers.tlsRandom(),
                                    this::wallClockMs,
                                    HOUR_MS,
                                    new ReplayGuard(10_000, 1000));
                    return config.with()
                            .tls(config.tls().with().ticketSealer(other).build())
                            .build();
                });

        Connection second = peers.connect();
        new Transfer(peers, second, 30_000).finish();

        assertThat(second.isResumed()).isFalse();
        assertThat(second.isEarlyDataAccepted()).isFalse();
    }

    /** RFC 9369 §5: what a client may not do a server does not take. */
    @Test
    void shouldRefuseASessionOfAnotherVersion() {
        peers.adjustClient(
                config -> withSession(config).with().versions(Versions.V2, Versions.V1).build());
        peers.adjustServer(
                config -> withTickets(config).with().versions(Versions.V2, Versions.V1).build());
        connectOnceForTheTicket();
        assertThat(peers.clientEvents.connection.version()).isEqualTo(Versions.V2);
        ticket = claimingVersion1(ticket);

        Connection second = peers.connect();
        assertThat(second.version()).isEqualTo(Versions.V1);
        assertThat(second.sendsEarlyData()).isTrue();
        new Transfer(peers, second, 30_000).finish();

        assertThat(second.isResumed()).isFalse();
        assertThat(second.isEarlyDataAccepted()).isFalse();
    }

    private SessionTicket claimingVersion1(SessionTicket of) {
        Session session = of.session();
        byte[] parameters =
                TransportParameters.decode(session.transportParameters(), true)
                        .versionInformation(null)
                        .encode();
        return new SessionTicket(
                of.suite(),
                of.identity(),
                of.preSharedKey(),
                sealer.open(of.identity()).ageAdd(),
                wallClockMs(),
                HOUR_MS,
                of.allowsEarlyData(),
                new Session(
                        session.applicationProtocol(),
                        session.serverName(),
                        parameters,
                        session.peerCertificates()));
    }

    @Test
    void shouldLeaveTheSessionBehindWhereTheServerNoLongerSpeaksItsVersion() {
        peers.adjustClient(
                config -> withSession(config).with().versions(Versions.V2, Versions.V1).build());
        serveOnly(Versions.V2);
        connectOnceForTheTicket();
        assertThat(peers.clientEvents.connection.version()).isEqualTo(Versions.V2);
        serveOnly(Versions.V1);

        Connection second = peers.connect();
        assertThat(second.version()).isEqualTo(Versions.V2);
        assertThat(second.sendsEarlyData()).isTrue();
        new Transfer(peers, second, 30_000).finish();

        assertThat(second.version()).isEqualTo(Versions.V1);
        assertThat(second.isResumed()).isFalse();
        assertThat(second.isEarlyDataAccepted()).isFalse();
    }

    @Test
    void shouldKeepWithinTheLimitsOfTheEarlierConnection() {
        connectOnceForTheTicket();

        Connection second = peers.connect();

        for (int i = 0; i < 100; i++) {
            assertThat(second.streams().open(true)).isNotNull();
        }
        assertThat(second.streams().open(true)).isNull();
    }

    @Test
    void shouldNotOfferTheSameTicketsEarlyDataTwiceWithSuccess() {
        connectOnceForTheTicket();
        Connection second = peers.connect();
        new Transfer(peers, second, 1_000).finish();
        assertThat(peers.runUntilEstablished(second, SECOND)).isTrue();
        peers.serverEvents.connection = null;

        Connection third = peers.connect(); // another ClientHello: not a replay in TLS's sense
        assertThat(peers.runUntilEstablished(third, SECOND)).isTrue();

        assertThat(third.isResumed()).isTrue();
        assertThat(third.closeReason()).isNull();
    }
}
