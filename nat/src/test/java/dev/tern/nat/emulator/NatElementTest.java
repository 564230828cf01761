package dev.tern.nat.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.connection.Transmit;
import dev.tern.quic.endpoint.DatagramNode;
import dev.tern.quic.sim.SimElement;
import dev.tern.quic.sim.SimWorld;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which pairs of NATs can be punched by sending to each other's observed address (RFC 5128 §3.3).
 */
final class NatElementTest {
    private static final long MS = 1_000_000L;
    private static final InetSocketAddress SERVER = new InetSocketAddress("192.0.2.1", 3478);
    private static final InetSocketAddress LEFT = new InetSocketAddress("10.0.0.2", 5000);
    private static final InetSocketAddress RIGHT = new InetSocketAddress("10.0.0.3", 5000);
    private static final InetAddress LEFT_PUBLIC = ip("203.0.113.1");
    private static final InetAddress RIGHT_PUBLIC = ip("198.51.100.1");

    private final SimWorld world = new SimWorld(7);
    private final Host server = new Host(SERVER);
    private final Host left = new Host(LEFT);
    private final Host right = new Host(RIGHT);

    private static InetAddress ip(String text) {
        return new InetSocketAddress(text, 0).getAddress();
    }

    static Stream<Arguments> pairs() {
        return Stream.of(NatKind.values())
                .flatMap(one -> Stream.of(NatKind.values()).map(other -> Arguments.of(one, other)));
    }

    static boolean canPunch(NatKind one, NatKind other) {
        return !isHard(one, other) && !isHard(other, one);
    }

    private static boolean isHard(NatKind one, NatKind other) {
        return one == NatKind.SYMMETRIC
                && (other == NatKind.SYMMETRIC || other == NatKind.PORT_RESTRICTED);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void shouldBePunchableByKind(NatKind leftKind, NatKind rightKind) {
        world.network().host(server).up(SERVER, world.link().delayNs(5 * MS));
        world.network().host(left).up(LEFT, path(leftKind, LEFT_PUBLIC));
        world.network().host(right).up(RIGHT, path(rightKind, RIGHT_PUBLIC));
        InetSocketAddress leftObserved = observed(left);
        InetSocketAddress rightObserved = observed(right);

        for (int i = 0; i < 3; i++) {
            left.send(rightObserved);
            right.send(leftObserved);
            left.answer();
            right.answer();
            world.run(world.nowNs() + 100 * MS);
        }

        boolean punched = !left.heardFrom.isEmpty() && !right.heardFrom.isEmpty();
        assertThat(punched).isEqualTo(canPunch(leftKind, rightKind));
    }

    private SimElement[] path(NatKind kind, InetAddress publicAddress) {
        SimElement link = world.link().delayNs(5 * MS);
        return kind == NatKind.NONE
                ? new SimElement[] {link}
                : new SimElement[] {nat(kind, publicAddress), link};
    }

    private NatElement nat(NatKind kind, InetAddress publicAddress) {
        return new NatElement(model(kind, publicAddress));
    }

    private NatModel model(NatKind kind, InetAddress publicAddress) {
        return new NatModel(kind, publicAddress, ExternalPorts.random(world.newRandom()));
    }

    @Test
    void shouldHairpinWithExternalSource() {
        NatModel model = model(NatKind.FULL_CONE, LEFT_PUBLIC).hairpinning(true);
        InetSocketAddress[] observed = twoBehind(model);

        left.send(observed[1]);
        world.run(world.nowNs() + 100 * MS);

        assertThat(right.heardFrom).containsExactly(observed[0]);
    }

    @Test
    void shouldNotHairpinUnlessToldTo() {
        InetSocketAddress[] observed = twoBehind(model(NatKind.FULL_CONE, LEFT_PUBLIC));

        left.send(observed[1]);
        world.run(world.nowNs() + 100 * MS);

        assertThat(right.heardFrom).isEmpty();
    }

    /** Where the server sees the two hosts behind one NAT. */
    private InetSocketAddress[] twoBehind(NatModel model) {
        NatElement shared = new NatElement(model);
        world.network().host(server).up(SERVER);
        world.network().host(left).up(LEFT, shared);
        world.network().host(right).up(RIGHT, shared);
        return new InetSocketAddress[] {observed(left), observed(right)};
    }

    private InetSocketAddress observed(Host host) {
        host.send(SERVER);
        world.run(world.nowNs() + 100 * MS);
        return server.heardFrom.getLast();
    }

    /** Sends what it is told to, and remembers who sent to it. */
    private static final class Host implements DatagramNode {
        private final InetSocketAddress local;
        private final ArrayDeque<InetSocketAddress> toSend = new ArrayDeque<>();
        private final List<InetSocketAddress> heardFrom = new ArrayList<>();

        Host(InetSocketAddress local) {
            this.local = local;
        }

        void send(InetSocketAddress remote) {
            toSend.add(remote);
        }

        void answer() {
            toSend.addAll(heardFrom);
        }

        @Override
        public void onDatagram(
                InetSocketAddress to,
                InetSocketAddress from,
                int ecn,
                byte[] buffer,
                int offset,
                int length,
                long nowNs) {
            heardFrom.add(from);
        }

        @Override
        public boolean pollTransmit(Transmit transmit, long nowNs) {
            InetSocketAddress remote = toSend.poll();
            if (remote == null) {
                return false;
            }
            transmit.set(local, remote, 100, 0);
            return true;
        }

        @Override
        public long nextDeadlineNs() {
            return Long.MAX_VALUE;
        }

        @Override
        public void onTimeout(long nowNs) {}
    }
}
