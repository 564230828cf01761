package dev.tern.nat.punch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.crypto.identity.PeerVerifiers;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.nat.emulator.ExternalPorts;
import dev.tern.nat.emulator.NatElement;
import dev.tern.nat.emulator.NatKind;
import dev.tern.nat.emulator.NatModel;
import dev.tern.quic.cid.SelfDescribingId;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.connection.ConnectionWaker;
import dev.tern.quic.endpoint.Acceptor;
import dev.tern.quic.endpoint.Endpoint;
import dev.tern.quic.sim.SeededSecureRandom;
import dev.tern.quic.sim.SimElement;
import dev.tern.quic.sim.SimHost;
import dev.tern.quic.sim.SimLink;
import dev.tern.quic.sim.SimObserver;
import dev.tern.quic.sim.SimWorld;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Two connections punch through the model's NATs in virtual time. */
final class PunchingTest {
    private static final long MS = 1_000_000L;
    private static final long CONTROL_DELAY_NS = 20 * MS;
    private static final long DIRECT_DELAY_NS = 10 * MS;
    private static final String PROTOCOL = "test";
    private static final InetAddress DIALLER_PUBLIC = ip("203.0.113.1");
    private static final InetAddress ACCEPTOR_PUBLIC = ip("198.51.100.1");

    private SimWorld world;
    private NatModel diallerNat;
    private NatModel acceptorNat;
    private SimLink diallerLink;
    private SimLink acceptorLink;
    private PunchingPeer dialler;
    private PunchingPeer acceptor;
    private SimHost diallerHost;

    private static InetAddress ip(String text) {
        return new InetSocketAddress(text, 0).getAddress();
    }

    private void build(long seed, NatKind diallerKind, NatKind acceptorKind) {
        world = new SimWorld(seed);
        diallerLink = world.link().delayNs(DIRECT_DELAY_NS);
        acceptorLink = world.link().delayNs(DIRECT_DELAY_NS);
        diallerNat = nat(diallerKind, DIALLER_PUBLIC);
        acceptorNat = nat(acceptorKind, ACCEPTOR_PUBLIC);
        dialler =
                new PunchingPeer(
                        new InetSocketAddress("192.0.2.1", 1000),
                        hidden(diallerNat, "10.1.0.2", "203.0.113.2"),
                        diallerNat,
                        world.newRandom());
        acceptor =
                new PunchingPeer(
                        new InetSocketAddress("192.0.2.2", 1000),
                        hidden(acceptorNat, "10.2.0.2", "198.51.100.2"),
                        acceptorNat,
                        world.newRandom());
        SecureRandom tlsRandom = new SeededSecureRandom(seed);
        PeerIdentity identity = PeerIdentity.generate(tlsRandom);
        TlsConfig acceptorTls =
                TlsConfig.mutualServer(tlsRandom, identity, PeerVerifiers.anyPeer(), PROTOCOL);
        TlsConfig diallerTls =
                TlsConfig.client(
                        tlsRandom,
                        PeerIdentity.generate(tlsRandom),
                        PeerVerifiers.exactly(identity.peerId()),
                        PROTOCOL);
        dialler.endpoint = endpoint(seed + 1, null);
        acceptor.endpoint =
                endpoint(
                        seed + 2,
                        (local, remote, id, nowNs) ->
                                new Acceptor.Accepted(config(acceptorTls), acceptor));
        diallerHost = attach(dialler, diallerNat, diallerLink);
        attach(acceptor, acceptorNat, acceptorLink);
        dialler.endpoint.connect(
                config(diallerTls),
                dialler.control,
                acceptor.control,
                null,
                dialler,
                world.nowNs());
    }

    private NatModel nat(NatKind kind, InetAddress publicAddress) {
        return kind == NatKind.NONE
                ? null
                : new NatModel(kind, publicAddress, ExternalPorts.random(world.newRandom()));
    }

    private static InetSocketAddress hidden(NatModel nat, String inside, String open) {
        return new InetSocketAddress(nat == null ? open : inside, 5000);
    }

    private static ConnectionConfig config(TlsConfig tls) {
        return ConnectionConfig.of(tls).withMobility(List.of());
    }

    private static Endpoint endpoint(long seed, Acceptor acceptor) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Endpoint(
                remote -> SelfDescribingId.mintDirect(random),
                acceptor,
                ConnectionWaker.DIRECT,
                random,
                new byte[32]);
    }

    private SimHost attach(PunchingPeer peer, NatModel nat, SimLink link) {
        SimElement[] hiddenPath =
                nat == null
                        ? new SimElement[] {link}
                        : new SimElement[] {new NatElement(nat), link};
        return world.network()
                .host(peer)
                .up(peer.control, world.link().delayNs(CONTROL_DELAY_NS / 2))
                .up(peer.hidden, hiddenPath);
    }

    private boolean punchWithin(long limitNs) {
        return world.runUntil(
                () -> dialler.direct != null && acceptor.direct != null, world.nowNs() + limitNs);
    }

    static Stream<Arguments> pairs() {
        return Stream.of(NatKind.values())
                .flatMap(one -> Stream.of(NatKind.values()).map(other -> Arguments.of(one, other)));
    }

    private static boolean isHard(NatKind one, NatKind other) {
        return one == NatKind.SYMMETRIC
                && (other == NatKind.SYMMETRIC || other == NatKind.PORT_RESTRICTED);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void shouldFindDirectPathWhereTheNatsAllowOne(NatKind one, NatKind other) {
        boolean possible = !isHard(one, other) && !isHard(other, one);
        build(1, one, other);

        assertThat(punchWithin(3_000 * MS)).isEqualTo(possible);
        if (possible) {
            assertThat(dialler.direct.local()).isEqualTo(dialler.hidden);
            assertThat(acceptor.direct.local()).isEqualTo(acceptor.hidden);
        }
    }

    /** Half a round trip of the control path for the candidates, then one of the direct path. */
    @Test
    void shouldPunchAsSoonAsCandidatesAreExchanged() {
        build(2, NatKind.PORT_RESTRICTED, NatKind.PORT_RESTRICTED);

        assertThat(punchWithin(1_000 * MS)).isTrue();

        long bothKnownNs = acceptor.establishedNs + CONTROL_DELAY_NS;
        assertThat(dialler.directNs).isLessThan(bothKnownNs + 4 * DIRECT_DELAY_NS + 10 * MS);
        assertThat(acceptor.directNs).isLessThan(bothKnownNs + 4 * DIRECT_DELAY_NS + 10 * MS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldPunchThroughLossyLinks(long seed) {
        build(seed, NatKind.PORT_RESTRICTED, NatKind.PORT_RESTRICTED);
        diallerLink.loss(0.3);
        acceptorLink.loss(0.3);

        assertThat(punchWithin(5_000 * MS)).isTrue();
    }

    @Test
    void shouldStopRoundsOncePunched() {
        build(3, NatKind.FULL_CONE, NatKind.PORT_RESTRICTED);
        punchWithin(1_000 * MS);

        world.run(world.nowNs() + 10_000 * MS);

        assertThat(dialler.rounds).isLessThanOrEqualTo(1);
        assertThat(dialler.puncher.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldSendNoMoreThanTheBudgetToAnAddressThatNeverAnswers() {
        build(4, NatKind.PORT_RESTRICTED, NatKind.PORT_RESTRICTED);
        acceptorLink.up(false);
        long[] bytes = new long[1];
        world.network()
                .observe(
                        (event, packet, nowNs) -> {
                            if (event == SimObserver.Event.SENT
                                    && packet.to().getAddress().equals(ACCEPTOR_PUBLIC)) {
                                bytes[0] += packet.length();
                            }
                        });

        world.run(world.nowNs() + 59_000 * MS);

        assertThat(dialler.rounds).isGreaterThanOrEqualTo(4);
        assertThat(bytes[0]).isBetween(8L << 10, PunchBudget.DESTINATION_LIMIT_BYTES);
    }

    @Test
    void shouldPunchAgainAfterMoveToAnotherNetwork() {
        build(5, NatKind.PORT_RESTRICTED, NatKind.ADDRESS_RESTRICTED);
        assertThat(punchWithin(1_000 * MS)).isTrue();
        dialler.direct = null;
        acceptor.direct = null;
        long movedNs = world.nowNs() + 5_000 * MS;
        InetSocketAddress elsewhere = new InetSocketAddress("100.64.7.7", 5001);
        NatModel carrier = nat(NatKind.PORT_RESTRICTED, ip("203.0.113.77"));

        world.at(
                movedNs,
                () -> {
                    diallerHost.down(dialler.hidden);
                    diallerHost.up(elsewhere, new NatElement(carrier), diallerLink);
                    InetSocketAddress observed =
                            carrier.outbound(elsewhere, acceptor.control, movedNs);
                    dialler.puncher.onLocalGone(dialler.hidden);
                    dialler.puncher.onLocalCandidate(elsewhere, Candidate.host(elsewhere), movedNs);
                    dialler.puncher.onLocalCandidate(
                            elsewhere, Candidate.observed(observed), movedNs);
                    dialler.puncher.start(movedNs);
                    dialler.endpoint.wake(dialler.connection);
                });

        assertThat(punchWithin(10_000 * MS)).isTrue();
        assertThat(dialler.direct.local()).isEqualTo(elsewhere);
        assertThat(dialler.directNs - movedNs)
                .isLessThan(CONTROL_DELAY_NS + 4 * DIRECT_DELAY_NS + 10 * MS);
    }

    @Test
    void shouldTakeTheSameCourseForTheSameSeed() {
        build(6, NatKind.SYMMETRIC, NatKind.ADDRESS_RESTRICTED);
        punchWithin(2_000 * MS);
        long hash = world.traceHash();

        build(6, NatKind.SYMMETRIC, NatKind.ADDRESS_RESTRICTED);
        punchWithin(2_000 * MS);

        assertThat(world.traceHash()).isEqualTo(hash);
    }
}
