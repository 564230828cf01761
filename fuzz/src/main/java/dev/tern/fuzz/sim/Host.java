package dev.tern.fuzz.sim;

import static dev.tern.fuzz.sim.Operation.choice;

import dev.tern.quic.cid.SelfDescribingId;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.connection.ConnectionWaker;
import dev.tern.quic.connection.Transmit;
import dev.tern.quic.endpoint.Acceptor;
import dev.tern.quic.endpoint.DatagramNode;
import dev.tern.quic.endpoint.Endpoint;
import dev.tern.quic.path.SwitchReason;
import dev.tern.quic.sim.LinkProfile;
import dev.tern.quic.sim.SimHost;
import dev.tern.quic.sim.SimRebinding;
import dev.tern.quic.sim.SimWorld;
import dev.tern.quic.wire.ConnectionId;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The machine of one side: an endpoint that may be restarted, and interfaces that come and go. */
final class Host implements DatagramNode {
    private static final int RESET_KEY_BYTES = 32;
    private static final int DIALLER_PORT = 5000;
    private static final int ACCEPTOR_PORT = 4433;
    private static final int PROBE_ROUND_TRIPS = 4;

    private final World world;
    private final Role role;
    private final RandomGenerator random;
    private final byte[] resetKey = new byte[RESET_KEY_BYTES];
    private final Acceptor acceptor;
    private final List<Interface> interfaces = new ArrayList<>();
    private final Map<Party, Runnable> movesToRetry = new HashMap<>();
    private final SimHost simHost;
    private Endpoint endpoint;

    /**
     * @param acceptor null for the dialler
     */
    Host(World world, Role role, SimWorld sim, Wiretap wiretap, Acceptor acceptor) {
        this.world = world;
        this.role = role;
        this.acceptor = acceptor;
        random = sim.newRandom();
        random.nextBytes(resetKey);
        restart();
        simHost = sim.network().host(this);
        List<LinkProfile> links = world.setting().links(role);
        for (int i = 0; i < links.size(); i++) {
            boolean behindNat = role == Role.DIALLER && world.setting().behindNat().get(i);
            SimRebinding nat = behindNat ? new SimRebinding(address(203, 0, 113, 10 + i)) : null;
            interfaces.add(new Interface(address(i), sim.link(), wiretap, nat, links.get(i)));
        }
        up(interfaces.getFirst());
    }

    private InetSocketAddress address(int index) {
        return role == Role.DIALLER
                ? new InetSocketAddress(address(10, 0, index, 2), DIALLER_PORT)
                : new InetSocketAddress(address(198, 51, 100, 1 + index), ACCEPTOR_PORT);
    }

    static InetAddress address(int... bytes) {
        byte[] address = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            address[i] = (byte) bytes[i];
        }
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** Where its first interface is. */
    InetSocketAddress firstAddress() {
        return interfaces.getFirst().address();
    }

    /** Where one of its interfaces is that is up, or its first one. */
    InetSocketAddress anyAddress() {
        return interfaces.stream()
                .filter(Interface::isUp)
                .findFirst()
                .orElse(interfaces.getFirst())
                .address();
    }

    boolean has(InetSocketAddress address) {
        return interfaces.stream().anyMatch(each -> each.address().equals(address));
    }

    boolean knows(ConnectionId id) {
        byte[] bytes = new byte[id.length()];
        id.copyTo(bytes, 0);
        return endpoint.knows(bytes, 0, bytes.length);
    }

    /** Forgets everything but its reset key. */
    void restart() {
        RandomGenerator own = new SplittableRandom(random.nextLong());
        endpoint =
                new Endpoint(
                        remote -> SelfDescribingId.mintDirect(own),
                        acceptor,
                        ConnectionWaker.DIRECT,
                        own,
                        resetKey);
        if (world.setting().retries()) {
            endpoint.retryFromHalfOpen(0);
        }
        interfaces.stream().filter(Interface::isUp).forEach(this::useEcn);
    }

    // ---- interfaces

    private void useEcn(Interface which) {
        if (world.setting().ecn()) {
            endpoint.onEcnUsable(which.address());
        }
    }

    private void up(Interface which) {
        if (!which.isUp()) {
            which.up(true);
            useEcn(which);
            simHost.up(which.address(), which.path());
        }
    }

    private void down(Interface which) {
        if (which.isUp()) {
            which.up(false);
            simHost.down(which.address());
        }
    }

    private Interface interfaceAt(InetSocketAddress address) {
        return interfaces.stream()
                .filter(each -> each.address().equals(address))
                .findFirst()
                .orElseThrow();
    }

    private Interface chosen(long word) {
        return interfaces.get(choice(word, interfaces.size()));
    }

    /**
     * Carries on from another interface: the old one is gone before, or stays, or is not trusted
     * any more. Without Tern's extensions only the dialler may (RFC 9000 §9).
     */
    void move(Operation operation, Party party) {
        boolean allowed = world.setting().mobile() || role == Role.DIALLER;
        if (!allowed || !party.isReady()) {
            return;
        }
        Interface from = interfaceAt(party.connection().currentPath().local());
        List<Interface> others = new ArrayList<>(interfaces);
        others.remove(from);
        if (others.isEmpty()) {
            return;
        }
        Interface to = others.get(choice(operation.a(), others.size()));
        int manner = choice(operation.b(), 3);
        SwitchReason reason =
                manner == 0
                        ? SwitchReason.GONE
                        : manner == 1 || role == Role.ACCEPTOR
                                ? SwitchReason.SUSPECT
                                : SwitchReason.BETTER;
        if (reason == SwitchReason.GONE) {
            down(from);
        }
        up(to);
        for (Connection connection : endpoint.connections()) {
            Party mover = world.partyOf(connection);
            if (mover != null && connection.currentPath().local().equals(from.address())) {
                moveTo(to, reason, mover);
            }
        }
        if (reason == SwitchReason.GONE && choice(operation.b() >>> 8, 2) == 0) {
            world.after(world.someTimeNs(operation.b() >>> 16, 4), () -> up(from));
        }
    }

    private void moveTo(Interface to, SwitchReason reason, Party party) {
        if (!party.isReady()) {
            return;
        }
        Connection connection = party.connection();
        InetSocketAddress remote = connection.currentPath().remote();
        party.rules().find(LossRule.class).onUpheaval(world.nowNs());
        if (connection.moveTo(to.address(), remote, reason, world.nowNs())) {
            movesToRetry.remove(party);
            world.counters().add(Counter.MOVES);
        } else {
            movesToRetry.put(party, () -> moveTo(to, reason, party));
        }
        world.wake(party);
    }

    /** What failed for want of an ID may work now. */
    void retryMove(Party party) {
        Runnable move = movesToRetry.remove(party);
        if (move != null) {
            move.run();
        }
    }

    void probe(Operation operation, Party party) {
        boolean allowed = world.setting().mobile() || role == Role.DIALLER;
        if (!allowed || !party.isReady()) {
            return;
        }
        Interface from = chosen(operation.a());
        up(from);
        long intervalNs = Math.max(1_000_000L, world.setting().roundTripNs() / 2);
        party.connection()
                .probe(
                        from.address(),
                        party.connection().currentPath().remote(),
                        intervalNs,
                        PROBE_ROUND_TRIPS * intervalNs,
                        world.nowNs());
        world.wake(party);
    }

    void rebind(Operation operation) {
        SimRebinding nat = chosen(operation.a()).nat();
        if (nat == null) {
            return;
        }
        world.counters().add(Counter.REBINDS);
        if (choice(operation.b(), 4) == 0) {
            nat.rebind(address(203, 0, 113, 100 + choice(operation.b() >>> 8, 100)));
        } else {
            nat.rebind();
        }
    }

    void blackhole(Operation operation) {
        Interface which = chosen(operation.a());
        switch (choice(operation.b(), 4)) {
            case 0 -> which.link().dropInbound(index -> true);
            case 1 -> which.link().dropOutbound(index -> true);
            default -> which.link().up(false);
        }
        world.after(
                world.someTimeNs(operation.b() >>> 8, 10),
                () ->
                        which.link()
                                .up(true)
                                .dropInbound(index -> false)
                                .dropOutbound(index -> false));
    }

    void changeLink(Operation operation) {
        LinkProfile weather = WorldSetting.link(new SplittableRandom(operation.b()));
        chosen(operation.a()).profile(weather);
    }

    void bleach(Operation operation) {
        Bleach.Manner[] manners = Bleach.Manner.values();
        chosen(operation.a()).bleach(manners[choice(operation.b(), manners.length)]);
    }

    void heal() {
        interfaces.forEach(Interface::heal);
    }

    // ---- the endpoint

    @Override
    public void onDatagram(
            InetSocketAddress local,
            InetSocketAddress remote,
            int ecn,
            byte[] buffer,
            int offset,
            int length,
            long nowNs) {
        endpoint.onDatagram(local, remote, ecn, buffer, offset, length, nowNs);
    }

    @Override
    public boolean pollTransmit(Transmit transmit, long nowNs) {
        return endpoint.pollTransmit(transmit, nowNs);
    }

    @Override
    public long nextDeadlineNs() {
        return endpoint.nextDeadlineNs();
    }

    @Override
    public void onTimeout(long nowNs) {
        endpoint.onTimeout(nowNs);
    }

    @Override
    public void onLocalAddressUp(InetSocketAddress local, long nowNs) {
        endpoint.onLocalAddressUp(local, nowNs);
    }

    @Override
    public void onLocalAddressDown(InetSocketAddress local, long nowNs) {
        endpoint.onLocalAddressDown(local, nowNs);
    }

    @Override
    public String toString() {
        return role + "'s host";
    }
}
