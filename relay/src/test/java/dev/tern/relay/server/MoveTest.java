package dev.tern.relay.server;

import static dev.tern.relay.server.RelayWorld.A;
import static dev.tern.relay.server.RelayWorld.B;
import static dev.tern.relay.server.RelayWorld.MOVED;
import static dev.tern.relay.server.RelayWorld.MS;
import static dev.tern.relay.server.RelayWorld.RELAY;
import static dev.tern.relay.server.RelayWorld.SECOND;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.connection.Connection;
import dev.tern.quic.path.SwitchReason;
import dev.tern.quic.sim.SimHost;
import dev.tern.quic.sim.SimObserver;
import dev.tern.quic.stream.Stream;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

class MoveTest {
    private final RelayWorld world = new RelayWorld(20);
    private final TestPeer a = world.peer();
    private final TestPeer b = world.peer();
    private final SimHost hostA = world.host(a, A);
    private final SimHost hostB = world.host(b, B);

    private void move(SimHost host, TestPeer peer, InetSocketAddress from, InetSocketAddress to) {
        host.down(from);
        host.up(to, world.world.link().delayNs(10 * MS));
        assertThat(peer.session.moveTo(to, world.world.nowNs())).isTrue();
    }

    @Test
    void shouldLearnANewAddressWithinHalfARoundTripByAPaddedDatagram() {
        assertThat(world.until(() -> a.session.isUp() && a.observed.contains(A))).isTrue();
        world.pass(SECOND);
        List<Integer> sizes = new ArrayList<>();
        world.world
                .network()
                .observe(
                        (event, packet, nowNs) -> {
                            if (event == SimObserver.Event.SENT && packet.from().equals(MOVED)) {
                                sizes.add(packet.length());
                            }
                        });

        move(hostA, a, A, MOVED);
        world.pass(200 * MS);

        assertThat(sizes.getFirst()).isEqualTo(1200);
        assertThat(a.observed).endsWith(MOVED);
        assertThat(a.events).containsExactly("up");
    }

    @Test
    void shouldFollowAPeerThatGoesBackAndForth() {
        assertThat(world.until(() -> a.session.isUp() && b.session.isUp())).isTrue();
        world.pass(SECOND);
        InetSocketAddress here = A;
        for (int i = 0; i < 40; i++) {
            InetSocketAddress next = here.equals(A) ? MOVED : A;
            move(hostA, a, here, next);
            here = next;
            world.pass(100 * MS);
        }

        b.session.dial(a.id(), world.world.nowNs());

        assertThat(world.until(() -> a.events.contains("incoming " + b.id()))).isTrue();
        assertThat(a.events).noneMatch(event -> event.startsWith("down"));
        assertThat(world.relay.registrationCount()).isEqualTo(2);
    }

    @Test
    void shouldForwardToTheNewAddressOnceTheControlConnectionMoved() {
        Connection connection = connected();
        Stream stream = connection.streams().open(true);
        List<Long> arrivals = new ArrayList<>();
        noteArrivals(MOVED, arrivals);

        move(hostB, b, B, MOVED);
        b.accepted.moveTo(MOVED, RELAY, SwitchReason.GONE, world.world.nowNs());
        b.endpoint.wake(b.accepted);
        long movedNs = world.world.nowNs();
        for (int i = 0; i < 50; i++) {
            stream.send().write(new byte[1000], 0, 1000);
            a.endpoint.wake(connection);
            world.pass(10 * MS);
        }
        world.pass(SECOND);

        assertThat(b.received.size()).isEqualTo(50_000);
        assertThat(arrivals.getFirst() - movedNs).isLessThanOrEqualTo(40 * MS);
    }

    private void noteArrivals(InetSocketAddress at, List<Long> arrivals) {
        world.world
                .network()
                .observe(
                        (event, packet, nowNs) -> {
                            if (event == SimObserver.Event.DELIVERED && packet.to().equals(at)) {
                                arrivals.add(nowNs);
                            }
                        });
    }

    @Test
    void shouldSendAtMostThreeTimesToAnAddressThatDoesNotAnswer() {
        Connection connection = connected();
        long[] bytes = new long[2];
        world.world
                .network()
                .observe(
                        (event, packet, nowNs) -> {
                            if (event == SimObserver.Event.DELIVERED
                                    && packet.from().equals(MOVED)) {
                                bytes[0] += packet.length();
                            }
                            if (event == SimObserver.Event.SENT && packet.to().equals(MOVED)) {
                                bytes[1] += packet.length();
                            }
                        });

        // B's packets from its new address arrive, and none comes back.
        hostB.down(B);
        hostB.up(MOVED, world.world.link().delayNs(10 * MS).dropInbound(n -> true));
        b.session.moveTo(MOVED, world.world.nowNs());
        Stream stream = connection.streams().open(true);
        stream.send().write(new byte[200_000], 0, 200_000);
        a.endpoint.wake(connection);
        world.pass(2 * SECOND);

        assertThat(bytes[0]).isPositive();
        assertThat(bytes[1]).isPositive().isLessThanOrEqualTo(3 * bytes[0]);
    }

    private Connection connected() {
        assertThat(world.until(() -> a.session.isUp() && b.session.isUp())).isTrue();
        Connection connection = world.connect(a, b);
        assertThat(connection).isNotNull();
        giveIds(a, connection);
        giveIds(b, b.accepted);
        world.pass(SECOND);
        return connection;
    }

    private void giveIds(TestPeer peer, Connection connection) {
        world.pass(200 * MS);
        while (connection.routableIdsWanted(RELAY) > 0) {
            connection.offerRoutableId(peer.session.takeId(), RELAY);
        }
        peer.endpoint.wake(connection);
    }
}
