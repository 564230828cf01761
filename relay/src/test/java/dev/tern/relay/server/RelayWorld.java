package dev.tern.relay.server;

import dev.tern.crypto.identity.PeerId;
import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.sim.SeededSecureRandom;
import dev.tern.quic.sim.SimHost;
import dev.tern.quic.sim.SimWorld;
import dev.tern.quic.stream.Stream;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.relay.RelayAddress;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A relay 20 ms away from everybody, and peers that are registered there or will be. */
final class RelayWorld {
    static final long MS = 1_000_000L;
    static final long SECOND = 1_000 * MS;
    static final long START_UNIX_MS = 1_700_000_000_000L;
    static final InetSocketAddress RELAY = new InetSocketAddress("198.51.100.1", 4433);
    static final InetSocketAddress A = new InetSocketAddress("192.0.2.1", 1000);
    static final InetSocketAddress B = new InetSocketAddress("203.0.113.1", 2000);
    static final InetSocketAddress MOVED = new InetSocketAddress("192.0.2.200", 3000);

    final SimWorld world;
    final PeerIdentity identity;
    final RelayAddress address;
    final byte[] secret = new byte[32];
    RelayNode relay;
    SimHost relayHost;
    private final UnaryOperator<RelayConfig> configure;
    private final SecureRandom tlsRandom;
    private final SplittableRandom random;
    private long seeds;

    RelayWorld(long seed) {
        this(seed, config -> config);
    }

    RelayWorld(long seed, UnaryOperator<RelayConfig> configure) {
        this.configure = configure;
        world = new SimWorld(seed);
        random = new SplittableRandom(seed);
        tlsRandom = new SeededSecureRandom(random.nextLong());
        identity = PeerIdentity.generate(tlsRandom);
        address = new RelayAddress(identity.peerId(), RELAY);
        random.nextBytes(secret);
        seeds = seed * 1_000;
        startRelay();
    }

    void startRelay() {
        long elapsedMs = (world.nowNs() - SimWorld.ORIGIN_NS) / MS;
        RelayConfig config =
                configure.apply(RelayConfig.of(identity, 7, secret, START_UNIX_MS + elapsedMs));
        relay = new RelayNode(config, tlsRandom, random.split(), world.nowNs());
        relayHost = world.network().host(relay).up(RELAY, world.link().delayNs(10 * MS));
    }

    TestPeer peer() {
        return new TestPeer(seeds++, address, random.nextLong());
    }

    SimHost host(TestPeer peer, InetSocketAddress at) {
        SimHost host = world.network().host(peer).up(at, world.link().delayNs(10 * MS));
        peer.session.connect(peer.endpoint, at, world.nowNs());
        return host;
    }

    boolean until(BooleanSupplier condition) {
        return world.runUntil(condition, world.nowNs() + 60 * SECOND);
    }

    void pass(long durationNs) {
        world.run(world.nowNs() + durationNs);
    }

    /** Dials and lets the handshake run through the relay; null where it does not complete. */
    Connection connect(TestPeer from, TestPeer to) {
        int before = from.dialled.size();
        from.session.dial(to.id(), world.nowNs());
        if (!until(() -> from.dialled.size() > before)) {
            return null;
        }
        ConnectionId id = from.dialled.getLast();
        return establish(from, to, to.id(), id);
    }

    Connection establish(TestPeer from, TestPeer to, PeerId expected, ConnectionId id) {
        Connection connection = from.connect(expected, id, world.nowNs());
        boolean done =
                world.runUntil(
                        () -> connection.isEstablished() && to.accepted != null,
                        world.nowNs() + 5 * SECOND);
        return done ? connection : null;
    }

    /** Sends bytes on a new stream, as fast as they are taken, to the end. */
    boolean transfer(TestPeer from, Connection connection, TestPeer to, byte[] bytes) {
        Stream stream = connection.streams().open(true);
        int offset = 0;
        while (offset < bytes.length) {
            int n = stream.send().write(bytes, offset, bytes.length - offset);
            offset += n;
            from.endpoint.wake(connection);
            if (n == 0 && !until(() -> stream.send().writableBytes() > 0)) {
                return false;
            }
        }
        stream.send().finish();
        from.endpoint.wake(connection);
        return until(() -> to.ended);
    }
}
