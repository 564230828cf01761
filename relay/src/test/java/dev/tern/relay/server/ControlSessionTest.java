package dev.tern.relay.server;

import static dev.tern.relay.server.RelayWorld.A;
import static dev.tern.relay.server.RelayWorld.B;
import static dev.tern.relay.server.RelayWorld.MOVED;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.quic.connection.CloseReason;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.relay.control.ControlError;
import dev.tern.relay.control.ControlMessage;

import org.junit.jupiter.api.Test;

import java.util.List;

class ControlSessionTest {
    private static final PeerIdentity ONE = RawPeer.identity(101);
    private static final PeerIdentity OTHER = RawPeer.identity(102);

    private final RelayWorld world = new RelayWorld(30);
    private final RawPeer peer = new RawPeer(world, ONE, 1, A);

    @Test
    void shouldWelcomeWithItsIdItsLimitAndFirstIds() {
        peer.say(new ControlMessage.Hello(1));

        ControlMessage.Welcome welcome = peer.last(ControlMessage.Welcome.class);
        assertThat(welcome.relayId()).isEqualTo(7);
        assertThat(welcome.maxBytesPerSecond()).isEqualTo(12_500_000);
        assertThat(welcome.idLifetimeMs()).isBetween(86_400_000L, 2 * 86_400_000L);
        assertThat(welcome.ids()).hasSize(16).doesNotHaveDuplicates();
    }

    @Test
    void shouldCloseOnAnythingBeforeHello() {
        peer.say(new ControlMessage.CidRequest(1));

        assertThat(peer.closed)
                .isEqualTo(
                        new CloseReason(
                                CloseReason.Cause.PEER,
                                true,
                                ControlError.PROTOCOL.code(),
                                "HELLO must come first"));
    }

    @Test
    void shouldCloseOnMalformedMessages() {
        peer.say(new ControlMessage.Hello(1));
        peer.sayBytes((byte) 2, (byte) 4, (byte) 0);

        assertThat(peer.closed.code()).isEqualTo(ControlError.PROTOCOL.code());
        assertThat(peer.closed.message()).startsWith("control message: truncated");
        assertThat(world.relay.registrationCount()).isZero();
    }

    @Test
    void shouldCloseOnWhatOnlyARelaySays() {
        peer.say(new ControlMessage.Hello(1));
        peer.say(new ControlMessage.GoAway());

        assertThat(peer.closed.code()).isEqualTo(ControlError.PROTOCOL.code());
    }

    @Test
    void shouldServeBothInstancesUntilOneIsDropped() {
        peer.say(new ControlMessage.Hello(1));
        ConnectionId first = peer.last(ControlMessage.Welcome.class).ids().getFirst();
        peer.say(new ControlMessage.Hello(2));
        ConnectionId second = peer.last(ControlMessage.Welcome.class).ids().getFirst();

        assertThat(forwards(first)).isTrue();
        assertThat(forwards(second)).isTrue();

        peer.say(new ControlMessage.Drop(1));

        assertThat(forwards(first)).isFalse();
        assertThat(forwards(second)).isTrue();
        assertThat(world.relay.registrationCount()).isEqualTo(1);
    }

    private boolean forwards(ConnectionId id) {
        long before = world.relay.count(Fate.FORWARDED);
        byte[] datagram = new byte[100];
        datagram[0] = 0x40;
        id.copyTo(datagram, 1);
        world.relay.onDatagram(
                RelayWorld.RELAY, B, 0, datagram, 0, datagram.length, world.world.nowNs());
        return world.relay.count(Fate.FORWARDED) > before;
    }

    @Test
    void shouldGiveAnInstanceToTheConnectionThatNamedItLast() {
        peer.say(new ControlMessage.Hello(1));
        RawPeer again = new RawPeer(world, ONE, 2, B);

        again.say(new ControlMessage.Hello(1));

        assertThat(peer.closed.message()).isEqualTo("registered anew by another connection");
        assertThat(world.relay.registrationCount()).isEqualTo(1);
        assertThat(forwards(peer.last(ControlMessage.Welcome.class).ids().getFirst())).isTrue();
    }

    @Test
    void shouldNotLetAnotherPeerDropOrTakeAnInstance() {
        peer.say(new ControlMessage.Hello(1));
        RawPeer other = new RawPeer(world, OTHER, 2, B);

        other.say(new ControlMessage.Hello(1));
        other.say(new ControlMessage.Drop(1));

        assertThat(peer.closed).isNull();
        assertThat(forwards(peer.last(ControlMessage.Welcome.class).ids().getFirst())).isTrue();
    }

    @Test
    void shouldDialTheNewestOfSeveralRegistrations() {
        peer.say(new ControlMessage.Hello(1));
        RawPeer newer = new RawPeer(world, ONE, 2, B);
        newer.say(new ControlMessage.Hello(2));
        RawPeer dialler = new RawPeer(world, OTHER, 3, MOVED);
        dialler.say(new ControlMessage.Hello(1));

        dialler.say(new ControlMessage.Dial(ONE.peerId()));

        ConnectionId given = dialler.last(ControlMessage.Dialled.class).ids().getFirst();
        assertThat(newer.heard).contains(new ControlMessage.Incoming(OTHER.peerId(), given));
        assertThat(peer.heard).hasSize(1);
    }

    @Test
    void shouldSayWhetherARegistrationIsAlive() {
        peer.say(new ControlMessage.Hello(1));

        peer.say(new ControlMessage.Query(ONE.peerId(), 1));
        peer.say(new ControlMessage.Query(ONE.peerId(), 2));

        assertThat(peer.heard)
                .contains(
                        new ControlMessage.Presence(ONE.peerId(), 1, true),
                        new ControlMessage.Presence(ONE.peerId(), 2, false));
    }

    @Test
    void shouldRefuseMoreThanItsShareOfRequests() {
        peer.say(new ControlMessage.Hello(1));
        for (int i = 0; i < 40; i++) {
            peer.say(new ControlMessage.CidRequest(32));
        }
        peer.say(new ControlMessage.Dial(OTHER.peerId()));

        assertThat(peer.closed).isNull();
        List<ControlMessage> refusals =
                peer.heard.stream().filter(ControlMessage.Refused.class::isInstance).toList();
        assertThat(refusals)
                .contains(
                        new ControlMessage.Refused(
                                ControlError.LIMIT.code(), "too many connection IDs at once"));
        assertThat(peer.heard).hasSizeGreaterThan(16);
    }

    @Test
    void shouldKeepAtMostEightRegistrationsOfOnePeer() {
        peer.say(new ControlMessage.Hello(1));
        for (int i = 2; i <= 9; i++) {
            RawPeer next =
                    new RawPeer(
                            world,
                            ONE,
                            i,
                            new java.net.InetSocketAddress("192.0.2." + (i + 10), 1000));
            next.say(new ControlMessage.Hello(i));
        }

        assertThat(world.relay.registrationCount()).isEqualTo(8);
        assertThat(peer.closed.code()).isEqualTo(ControlError.LIMIT.code());
    }
}
