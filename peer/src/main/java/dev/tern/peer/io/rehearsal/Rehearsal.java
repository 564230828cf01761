package dev.tern.peer.io.rehearsal;

import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.nat.emulator.ExternalPorts;
import dev.tern.nat.emulator.NatElement;
import dev.tern.nat.emulator.NatKind;
import dev.tern.nat.emulator.NatModel;
import dev.tern.peer.PeerConnection;
import dev.tern.peer.PeerListener;
import dev.tern.peer.PeerNode;
import dev.tern.peer.Ticket;
import dev.tern.peer.TicketSecret;
import dev.tern.quic.connection.ConnectionWaker;
import dev.tern.quic.io.SystemRandom;
import dev.tern.quic.sim.SimHost;
import dev.tern.quic.sim.SimWorld;
import dev.tern.quic.stream.Stream;
import dev.tern.relay.RelayAddress;
import dev.tern.relay.client.RelaySessionListener;
import dev.tern.relay.server.RelayConfig;
import dev.tern.relay.server.RelayNode;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;

/**
 * Plays the life of a connection once in memory and virtual time, moves included, with the very
 * classes that will do it in earnest. In a fresh JVM the first handshake and the first move would
 * each cost tens of milliseconds of loading and interpreting, more than the pause that a move may
 * make; afterwards they cost one or two. Programs do it while they wait for something anyway.
 */
public final class Rehearsal {
    private static final long MS = 1_000_000L;
    private static final long ONE_WAY_NS = 5 * MS;
    private static final long SETTLE_NS = 150 * MS;
    private static final long TICK_NS = 4 * MS;
    private static final int DIALS = 12;
    private static final int MOVES = 20;
    private static final int MESSAGE_BYTES = 32;
    private static final int BULK_BYTES = 1 << 20;
    private static final int RELAY_SECRET_BYTES = 32;

    private final SecureRandom random = SystemRandom.create();
    private final SimWorld world = new SimWorld(random.nextLong());
    private final RelayAddress relay;
    private int nextPublic = 1;

    private Rehearsal() {
        PeerIdentity identity = PeerIdentity.generate(random);
        relay =
                new RelayAddress(
                        identity.peerId(), new InetSocketAddress(address(203, 0, 113, 10), 4433));
        RelayConfig config = RelayConfig.of(identity, 1, new byte[RELAY_SECRET_BYTES], 0);
        world.network()
                .host(new RelayNode(config, random, random, world.nowNs()))
                .up(relay.address());
    }

    /** Plays it, on the calling thread; takes up to a second of computing in a fresh JVM. */
    public static void run() {
        new Rehearsal().play();
    }

    /** Starts to play it on a thread of its own; who wants to wait for the end can join that. */
    public static Thread start() {
        return Thread.ofPlatform().daemon().name("tern-rehearsal").start(Rehearsal::run);
    }

    private void play() {
        Actor a = new Actor(1);
        Actor b = new Actor(2);
        TicketSecret secret = TicketSecret.generate(random);
        a.node.listen(secret, connection -> a);
        settle();
        Ticket ticket = new Ticket(a.node.peerId(), relay, secret);
        for (int i = 0; i < DIALS; i++) {
            b.node.dial(ticket, b, world.nowNs());
            flush();
            settle();
        }
        a.sendBulk();
        for (int i = 0; i < MOVES; i++) {
            (i % 2 == 0 ? a : b).move();
            settle();
        }
        a.node.close(world.nowNs());
        settle();
        // Now, and not in the middle of the first move.
        System.gc();
    }

    private void settle() {
        world.run(world.nowNs() + SETTLE_NS);
    }

    private void flush() {
        world.at(world.nowNs(), () -> {});
    }

    private static InetAddress address(int... bytes) {
        byte[] raw = new byte[bytes.length];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        try {
            return InetAddress.getByAddress(raw);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** A peer behind a NAT that sends a message every few milliseconds and reads what comes. */
    private final class Actor implements PeerListener {
        private final PeerNode node;
        private final SimHost host;
        private final int number;
        private final byte[] buffer = new byte[4096];
        private InetSocketAddress local;
        private PeerConnection connection;
        private Stream messages;
        private int homes;

        Actor(int number) {
            this.number = number;
            node =
                    new PeerNode(
                            PeerIdentity.generate(random), random, random, ConnectionWaker.DIRECT);
            host = world.network().host(node);
            enter();
            node.join(relay, new RelaySessionListener() {}, world.nowNs());
            flush();
        }

        private void enter() {
            local = new InetSocketAddress(address(192, 168, 10 * number + homes++, 2), 5000);
            NatModel nat =
                    new NatModel(
                            NatKind.PORT_RESTRICTED,
                            address(198, 51, 100, nextPublic++),
                            ExternalPorts.random(world.newRandom()));
            host.up(local, new NatElement(nat), world.link().delayNs(ONE_WAY_NS));
        }

        void move() {
            host.down(local);
            enter();
            flush();
        }

        @Override
        public void onEstablished(PeerConnection established, long nowNs) {
            connection = established;
            boolean first = messages == null;
            messages = established.openStream(false);
            messages.setUrgency(1);
            if (first) {
                tick();
            }
        }

        private void tick() {
            messages.send().write(new byte[MESSAGE_BYTES], 0, MESSAGE_BYTES);
            node.wake(connection.connection());
            world.at(world.nowNs() + TICK_NS, this::tick);
        }

        void sendBulk() {
            if (connection != null) {
                Stream bulk = connection.openStream(false);
                bulk.send().write(new byte[BULK_BYTES], 0, BULK_BYTES);
                bulk.send().finish();
                node.wake(connection.connection());
                flush();
            }
        }

        @Override
        public void onReadable(PeerConnection on, Stream stream) {
            while (stream.receive() != null
                    && stream.receive().read(buffer, 0, buffer.length) > 0) {
                // read for the sake of the window
            }
        }
    }
}
