package dev.tern.peer;

import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.nat.emulator.ExternalPorts;
import dev.tern.nat.emulator.NatElement;
import dev.tern.nat.emulator.NatKind;
import dev.tern.nat.emulator.NatModel;
import dev.tern.quic.connection.ConnectionWaker;
import dev.tern.quic.sim.SeededSecureRandom;
import dev.tern.quic.sim.SimElement;
import dev.tern.quic.sim.SimExit;
import dev.tern.quic.sim.SimHost;
import dev.tern.quic.sim.SimLink;
import dev.tern.quic.sim.SimPacket;
import dev.tern.quic.sim.SimWorld;
import dev.tern.relay.RelayAddress;
import dev.tern.relay.client.RelaySessionListener;
import dev.tern.relay.server.RelayConfig;
import dev.tern.relay.server.RelayNode;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.SplittableRandom;

/**
 * A relay and two peers in virtual time, each peer behind a NAT and a link of its own. Peer A
 * listens, peer B dials, unless a test turns that round.
 */
final class PeerWorld {
    static final long MS = 1_000_000L;
    static final long SECOND = 1000 * MS;
    static final InetSocketAddress RELAY = new InetSocketAddress("203.0.113.10", 4433);

    final SimWorld world;
    final RelayAddress relay;
    final SimPeer a;
    final SimPeer b;
    private final SecureRandom tlsRandom;
    private final long seed;
    private int nextPublic = 1;
    final DirectBlock directBlock = new DirectBlock();

    /**
     * @param legA round trip from peer A to the relay, in ns
     * @param legB round trip from peer B to the relay, in ns
     */
    PeerWorld(long seed, NatKind natA, NatKind natB, long legA, long legB) {
        this.seed = seed;
        world = new SimWorld(seed);
        tlsRandom = new SeededSecureRandom(seed);
        PeerIdentity relayIdentity = PeerIdentity.generate(tlsRandom);
        relay = new RelayAddress(relayIdentity.peerId(), RELAY);
        SplittableRandom random = new SplittableRandom(seed + 77);
        RelayNode relayNode =
                new RelayNode(
                        RelayConfig.of(relayIdentity, 7, new byte[32], 1_700_000_000_000L),
                        tlsRandom,
                        random,
                        world.nowNs());
        world.network().host(relayNode).up(RELAY);
        a = new SimPeer(1, natA, legA / 2);
        b = new SimPeer(2, natB, legB / 2);
    }

    static PeerWorld ordinary(long seed) {
        return new PeerWorld(
                seed, NatKind.PORT_RESTRICTED, NatKind.PORT_RESTRICTED, 20 * MS, 20 * MS);
    }

    /** Lets what a test did to a node take effect. */
    void flush() {
        world.at(world.nowNs(), () -> {});
    }

    void run(long ns) {
        world.run(world.nowNs() + ns);
    }

    boolean runUntil(java.util.function.BooleanSupplier condition, long withinNs) {
        return world.runUntil(condition, world.nowNs() + withinNs);
    }

    /** One peer: its node, and the network it is in at the moment. */
    final class SimPeer {
        final PeerNode node;
        final SimHost host;
        private final int number;
        private final NatKind kind;
        private final long oneWayNs;
        private int homes;
        InetSocketAddress local;

        private SimPeer(int number, NatKind kind, long oneWayNs) {
            this.number = number;
            this.kind = kind;
            this.oneWayNs = oneWayNs;
            PeerIdentity identity = PeerIdentity.generate(tlsRandom);
            node =
                    new PeerNode(
                            identity,
                            new SplittableRandom(seed * 31 + number),
                            tlsRandom,
                            ConnectionWaker.DIRECT);
            host = world.network().host(node);
            join();
        }

        private void join() {
            enterNetwork();
            node.join(relay, new RelaySessionListener() {}, world.nowNs());
            flush();
        }

        /** Gets an address behind a NAT that it was never behind before. */
        void enterNetwork() {
            homes++;
            local = new InetSocketAddress("192.168." + (number * 50 + homes) + ".2", 5000);
            SimLink link = world.link().delayNs(oneWayNs).rate(100_000_000, 625_000);
            if (kind == NatKind.NONE) {
                local = new InetSocketAddress(publicAddress(), 5000);
                host.up(local, link, directBlock);
                return;
            }
            SimElement nat =
                    new NatElement(
                            new NatModel(
                                    kind,
                                    publicAddress(),
                                    ExternalPorts.random(world.newRandom())));
            host.up(local, nat, link, directBlock);
        }

        /** Loses its address, and everything in flight to and from it. */
        void leaveNetwork() {
            host.down(local);
        }

        /** Loses its address and gets another at once. */
        void move() {
            leaveNetwork();
            enterNetwork();
        }

        private InetAddress publicAddress() {
            try {
                return InetAddress.getByAddress(
                        new byte[] {(byte) 198, 51, 100, (byte) nextPublic++});
            } catch (UnknownHostException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Lets only the relay through, while it is on: direct paths die without a word. */
    static final class DirectBlock implements SimElement {
        boolean on;

        @Override
        public void onOutbound(SimPacket packet, long nowNs, SimExit exit) {
            if (!on || packet.to().equals(RELAY)) {
                exit.outward(packet, 0);
            }
        }

        @Override
        public void onInbound(SimPacket packet, long nowNs, SimExit exit) {
            if (!on || packet.from().equals(RELAY)) {
                exit.inward(packet, 0);
            }
        }
    }
}
