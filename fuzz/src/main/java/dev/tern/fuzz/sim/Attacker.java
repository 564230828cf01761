package dev.tern.fuzz.sim;

import static dev.tern.fuzz.sim.Operation.choice;

import dev.tern.quic.connection.Connection;
import dev.tern.quic.sim.SimNetwork;
import dev.tern.quic.sim.SimPacket;
import dev.tern.quic.wire.ConnectionId;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Somebody on the way who reads everything, and puts packets into the network. */
final class Attacker {
    private static final InetSocketAddress STRANGER =
            new InetSocketAddress(Host.address(192, 0, 2, 66), 666);
    private static final int MAX_REMEMBERED = 200;
    private static final int NUMBERS_AHEAD = 500;

    private final SimNetwork network;
    private final List<SimPacket> toAcceptor = new ArrayList<>();
    private final List<SimPacket> toDialler = new ArrayList<>();
    private int forged;

    Attacker(SimNetwork network) {
        this.network = network;
    }

    /** The acceptor got this. */
    void sawToAcceptor(SimPacket packet) {
        remember(toAcceptor, packet);
    }

    /** The acceptor sent this. */
    void sawToDialler(SimPacket packet) {
        remember(toDialler, packet);
    }

    private static void remember(List<SimPacket> packets, SimPacket packet) {
        if (packets.size() < MAX_REMEMBERED) {
            packets.add(packet);
        }
    }

    private SimPacket remembered(Operation operation) {
        List<SimPacket> packets = operation.role() == Role.DIALLER ? toDialler : toAcceptor;
        return packets.isEmpty() ? null : packets.get(choice(operation.a(), packets.size()));
    }

    void sendGarbage(Operation operation) {
        SimPacket model = remembered(operation);
        if (model == null || model.length() == 0) {
            return;
        }
        SplittableRandom random = new SplittableRandom(operation.b());
        byte[] bytes = model.payload();
        int changed = 1 + random.nextInt(20);
        for (int i = 0; i < changed; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        InetSocketAddress from = random.nextBoolean() ? STRANGER : model.from();
        network.inject(new SimPacket(from, model.to(), bytes, model.ecn()));
    }

    void replay(Operation operation) {
        SimPacket again = remembered(operation);
        if (again == null) {
            return;
        }
        boolean elsewhere = operation.role() == Role.ACCEPTOR && choice(operation.b(), 2) == 0;
        network.inject(elsewhere ? again.withFrom(STRANGER) : again);
    }

    /** Speaks for the other side of a conversation, with its keys. */
    void forge(World world, Operation operation) {
        Party victim = world.party(operation);
        Party impostor = victim.other();
        boolean possible = victim.isReady() && impostor.isReady();
        Forgery[] all = Forgery.values();
        Forgery forgery = all[choice(operation.a(), all.length)];
        if (!possible || !forgery.fits(victim)) {
            return;
        }
        TrafficKeys keys = victim.conversation().keys();
        Connection connection = impostor.connection();
        ConnectionId destination = connection.currentPath().destinationId().id();
        if (!keys.canSeal(impostor.role())) {
            return;
        }
        long number = keys.nextNumber(impostor.role()) + NUMBERS_AHEAD + forged++;
        byte[] packet = keys.seal(impostor.role(), destination, number, forgery.frames(victim));
        InetSocketAddress from = victim.connection().currentPath().remote();
        InetSocketAddress to = connection.currentPath().remote();
        SimPacket datagram = new SimPacket(from, to, packet, 0);
        world.referee().expectForgery(datagram, victim, forgery, number);
        network.inject(datagram);
    }
}
