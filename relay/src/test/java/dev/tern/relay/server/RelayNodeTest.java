package dev.tern.relay.server;

import static dev.tern.relay.server.RelayWorld.A;
import static dev.tern.relay.server.RelayWorld.B;
import static dev.tern.relay.server.RelayWorld.MS;
import static dev.tern.relay.server.RelayWorld.RELAY;
import static dev.tern.relay.server.RelayWorld.SECOND;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.cid.SelfDescribingId;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.sim.SimHost;
import dev.tern.quic.sim.SimObserver;
import dev.tern.quic.wire.ConnectionId;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

class RelayNodeTest {
    @Test
    void shouldRegisterWithinTwoRoundTripsAndSayWhereThePeerIs() {
        RelayWorld world = new RelayWorld(1);
        long startNs = world.world.nowNs();
        TestPeer a = world.peer();

        world.host(a, A);

        assertThat(world.until(a.session::isUp)).isTrue();
        assertThat(world.world.nowNs() - startNs).isEqualTo(80 * MS);
        assertThat(world.relay.registrationCount()).isEqualTo(1);
        assertThat(world.until(() -> !a.observed.isEmpty())).isTrue();
        assertThat(a.observed).containsOnly(A);
        assertThat(a.session.maxBytesPerSecond()).isEqualTo(12_500_000);
    }

    @Test
    void shouldHandOutFreshRoutableIdsForAsLongAsTheyAreAsked() {
        RelayWorld world = new RelayWorld(2);
        TestPeer a = world.peer();
        world.host(a, A);
        world.until(a.session::isUp);

        List<ConnectionId> taken = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            ConnectionId id = a.session.takeId();
            if (id == null) {
                world.pass(50 * MS);
                id = a.session.takeId();
            }
            taken.add(id);
        }

        assertThat(taken).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(taken).allMatch(id -> SelfDescribingId.isRoutable(id.byteAt(0)));
    }

    @Test
    void shouldGiveTheDiallerAnIdOfTheTargetAndTellTheTarget() {
        RelayWorld world = new RelayWorld(3);
        TestPeer a = world.peer();
        TestPeer b = world.peer();
        world.host(a, A);
        world.host(b, B);
        world.until(() -> a.session.isUp() && b.session.isUp());

        a.session.dial(b.id(), world.world.nowNs());

        assertThat(world.until(() -> !a.dialled.isEmpty() && !b.announced.isEmpty())).isTrue();
        assertThat(a.events).containsExactly("up", "dialled " + b.id());
        assertThat(b.events).containsExactly("up", "incoming " + a.id());
        assertThat(b.announced).containsExactlyElementsOf(a.dialled);
    }

    @Test
    void shouldKeepADialUntilThePeerIsRegistered() {
        RelayWorld world = new RelayWorld(4);
        TestPeer a = world.peer();
        TestPeer b = world.peer();
        world.host(b, B);
        world.until(b.session::isUp);

        a.session.dial(b.id(), world.world.nowNs());
        world.host(a, A);

        assertThat(world.until(() -> !a.dialled.isEmpty())).isTrue();
    }

    @Test
    void shouldNameThePeerThatItDoesNotKnow() {
        RelayWorld world = new RelayWorld(5);
        TestPeer a = world.peer();
        TestPeer stranger = world.peer();
        world.host(a, A);
        world.until(a.session::isUp);

        a.session.dial(stranger.id(), world.world.nowNs());
        world.pass(100 * MS);

        assertThat(a.events)
                .contains("failed: peer " + stranger.id() + " is not registered at this relay");
    }

    @Test
    void shouldTellOnlyTheNamedPeersOfAMove() {
        RelayWorld world = new RelayWorld(6);
        TestPeer a = world.peer();
        TestPeer b = world.peer();
        world.host(a, A);
        world.host(b, B);
        world.until(() -> a.session.isUp() && b.session.isUp());

        a.session.notifyMoved(List.of(b.id(), world.peer().id()), world.world.nowNs());
        world.pass(100 * MS);

        assertThat(b.events).containsExactly("up", "moved " + a.id());
        assertThat(a.events).containsExactly("up");
    }

    @Test
    void shouldCarryAHandshakeAndBulkWithoutTouchingAByte() {
        RelayWorld world = new RelayWorld(7);
        TestPeer a = world.peer();
        TestPeer b = world.peer();
        world.host(a, A);
        world.host(b, B);
        world.until(() -> a.session.isUp() && b.session.isUp());
        List<String> in = new ArrayList<>();
        List<String> out = new ArrayList<>();
        observeForwarding(world, in, out);
        byte[] bytes = new byte[200_000];
        new SplittableRandom(7).nextBytes(bytes);

        Connection connection = world.connect(a, b);

        assertThat(connection).isNotNull();
        assertThat(world.transfer(a, connection, b, bytes)).isTrue();
        assertThat(Arrays.equals(b.received.toByteArray(), bytes)).isTrue();
        assertThat(connection.currentPath().remote()).isEqualTo(RELAY);
        assertThat(out).hasSizeGreaterThan(170).isSubsetOf(in);
        assertThat(out).hasSize((int) world.relay.count(Fate.FORWARDED));
    }

    /** Notes what is routed to a peer as it comes to the relay, and as it leaves. */
    private static void observeForwarding(RelayWorld world, List<String> in, List<String> out) {
        world.world
                .network()
                .observe(
                        (event, packet, nowNs) -> {
                            String hex = HexFormat.of().formatHex(packet.payload());
                            if (packet.to().equals(RELAY) && event == SimObserver.Event.DELIVERED) {
                                in.add(hex);
                            } else if (packet.from().equals(RELAY)
                                    && event == SimObserver.Event.SENT
                                    && in.contains(hex)) {
                                out.add(hex);
                            }
                        });
    }

    @Test
    void shouldServeOnlyWhomItAdmits() {
        RelayWorld world = new RelayWorld(8, config -> config.withAdmission(peer -> false, 10));
        TestPeer a = world.peer();

        world.host(a, A);
        world.pass(500 * MS);

        assertThat(a.session.isUp()).isFalse();
        assertThat(a.events)
                .singleElement()
                .isEqualTo("down: PEER: this relay does not serve peer " + a.id());
        assertThat(world.relay.registrationCount()).isZero();
    }

    @Test
    void shouldRegisterNoMoreThanItsLimit() {
        RelayWorld world = new RelayWorld(9, config -> config.withAdmission(peer -> true, 1));
        TestPeer a = world.peer();
        TestPeer b = world.peer();
        world.host(a, A);
        world.until(a.session::isUp);

        world.host(b, B);
        world.pass(500 * MS);

        assertThat(world.relay.registrationCount()).isEqualTo(1);
        assertThat(b.events)
                .containsExactly("down: PEER: this relay serves as many peers as it can");

        a.session.close(world.world.nowNs());

        assertThat(world.until(b.session::isUp)).isTrue();
        assertThat(world.relay.registrationCount()).isEqualTo(1);
    }

    @Test
    void shouldForgetAPeerThatFallsSilent() {
        RelayWorld world = new RelayWorld(10);
        TestPeer a = world.peer();
        SimHost host = world.host(a, A);
        world.until(a.session::isUp);

        host.cut(A);
        world.pass(70 * SECOND);

        assertThat(world.relay.registrationCount()).isZero();
        assertThat(a.session.isUp()).isFalse();
    }

    @Test
    void shouldKeepAnIdleRegistrationForHours() {
        RelayWorld world =
                new RelayWorld(11, config -> config.withIdLifetime(20_000 /* short epochs */));
        TestPeer a = world.peer();
        world.host(a, A);
        world.until(a.session::isUp);

        world.pass(2 * 3600 * SECOND);

        assertThat(a.events).containsExactly("up");
        assertThat(a.session.takeId()).isNotNull();
    }

    @Test
    void shouldForwardOnOldIdsAgainAfterARestartWithTheSameSecret() {
        RelayWorld world = new RelayWorld(12);
        TestPeer a = world.peer();
        TestPeer b = world.peer();
        world.host(a, A);
        world.host(b, B);
        world.until(() -> a.session.isUp() && b.session.isUp());
        Connection connection = world.connect(a, b);

        world.relayHost.down(RELAY);
        world.startRelay();
        a.session.ping();
        b.session.ping();

        assertThat(world.until(() -> a.events.contains("down: STATELESS_RESET: stateless reset")))
                .isTrue();
        assertThat(world.until(() -> a.session.isUp() && b.session.isUp())).isTrue();
        assertThat(world.transfer(a, connection, b, new byte[10_000])).isTrue();
        assertThat(b.received.size()).isEqualTo(10_000);
    }

    @Test
    void shouldComeBackAtOnceWhenTheRelayAnnouncedItsEnd() {
        RelayWorld world = new RelayWorld(13);
        TestPeer a = world.peer();
        world.host(a, A);
        world.until(a.session::isUp);

        world.relay.announceEnd();
        world.pass(50 * MS);
        world.relay.close(world.world.nowNs());
        world.pass(150 * MS);

        assertThat(a.events).containsExactly("up", "down: PEER: the relay ends", "up");
    }

    @Test
    void shouldDropIdsThatAreForgedOrAnotherRelays() {
        RelayWorld world = new RelayWorld(14);
        TestPeer a = world.peer();
        TestPeer b = world.peer();
        world.host(a, A);
        world.host(b, B);
        world.until(() -> a.session.isUp() && b.session.isUp());
        byte[] forged = new byte[17];
        new SplittableRandom(14).nextBytes(forged);
        forged[0] = b.session.takeId().byteAt(0);

        Connection connection = world.establish(a, b, b.id(), ConnectionId.of(forged));

        assertThat(connection).isNull();
        assertThat(world.relay.count(Fate.FORWARDED)).isZero();
        assertThat(world.relay.count(Fate.DROPPED_UNKNOWN)).isPositive();
    }
}
