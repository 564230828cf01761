package dev.tern.fuzz.sim;

import dev.tern.quic.path.Path;
import dev.tern.quic.sim.SimObserver;
import dev.tern.quic.sim.SimPacket;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.PacketHeader;
import dev.tern.quic.wire.PacketType;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Watches every datagram, and shows the rules of each party what concerns it. */
final class Referee implements SimObserver {
    /**
     * A packet in somebody else's name.
     *
     * @param streams how many streams the victim had heard of
     */
    private record Forged(
            Party victim, Forgery forgery, long number, long streams, int keyUpdates) {}

    private final World world;
    private final Wiretap wiretap;
    private final Attacker attacker;
    private final int[] lastDeliveredBytes = new int[Role.values().length];
    private final Map<ByteBuffer, Forged> forgeries = new HashMap<>();
    private final PacketHeader header = new PacketHeader();
    private Party hearsConfirmation;

    Referee(World world, Wiretap wiretap, Attacker attacker) {
        this.world = world;
        this.wiretap = wiretap;
        this.attacker = attacker;
    }

    void expectForgery(SimPacket packet, Party victim, Forgery forgery, long number) {
        forgeries.put(
                ByteBuffer.wrap(packet.payload()),
                new Forged(victim, forgery, number, streamsOf(victim), keyUpdatesOf(victim)));
    }

    @Override
    public void onPacket(Event event, SimPacket packet, long nowNs) {
        switch (event) {
            case SENT -> onSent(packet, nowNs);
            case DELIVERED -> onDelivered(packet, nowNs);
            case INJECTED, UNROUTABLE -> {}
        }
    }

    private void onSent(SimPacket datagram, long nowNs) {
        Role role = world.roleAt(datagram.from());
        List<ObservedPacket> packets = wiretap.onSent(datagram, nowNs);
        if (role == Role.ACCEPTOR) {
            attacker.sawToDialler(datagram);
        }
        if (packets.isEmpty()) {
            onReply(role, datagram);
            return;
        }
        Party party = packets.getFirst().sender();
        if (party.isLost()) {
            throw new Violation("close", party + " sends though its host knows nothing of it");
        }
        party.rules().onDatagramSent(datagram.to(), datagram.length());
        for (ObservedPacket packet : packets) {
            party.rules().onSent(packet);
        }
    }

    /** What belongs to no connection: never more than what it answers (RFC 9000 §10.3.3). */
    private void onReply(Role role, SimPacket datagram) {
        byte[] bytes = datagram.payload();
        if (header.parse(bytes, 0, bytes.length, PacketHeader.SELF_DESCRIBED)
                && header.type() == PacketType.RETRY) {
            world.counters().add(Counter.RETRIES);
            Party client = wiretap.owner(idAt(bytes, false));
            if (client != null) {
                wiretap.route(idAt(bytes, true), client.other());
                client.conversation().keys().addOriginal(idAt(bytes, true));
            }
        }
        if (datagram.length() >= lastDeliveredBytes[role.ordinal()]) {
            throw new Violation(
                    "reply",
                    "the %s sends %d bytes of no connection for %d"
                            .formatted(
                                    role, datagram.length(), lastDeliveredBytes[role.ordinal()]));
        }
    }

    private ConnectionId idAt(byte[] bytes, boolean source) {
        return ConnectionId.of(
                bytes,
                source ? header.sourceIdOffset() : header.destinationIdOffset(),
                source ? header.sourceIdLength() : header.destinationIdLength());
    }

    private void onDelivered(SimPacket datagram, long nowNs) {
        Role role = world.roleAt(datagram.to());
        lastDeliveredBytes[role.ordinal()] = datagram.length();
        if (role == Role.ACCEPTOR) {
            attacker.sawToAcceptor(datagram);
        }
        List<ObservedPacket> packets = wiretap.onDelivered(datagram);
        if (packets.isEmpty()) {
            onForged(datagram);
            return;
        }
        Party party = packets.getFirst().sender().other();
        if (party.isLost() || party.role() != role) {
            return;
        }
        party.rules().onDatagramDelivered(datagram.from(), datagram.length());
        for (ObservedPacket packet : packets) {
            onDelivered(packet, party, datagram, nowNs);
        }
    }

    private void onDelivered(ObservedPacket packet, Party party, SimPacket datagram, long nowNs) {
        Fate fate = packet.fate();
        boolean before = fate.isTaken();
        boolean certain = packet.isOneRtt() && hears(party, packet, datagram);
        boolean taken = fate.onDelivered(certain, nowNs);
        if (packet.isOneRtt()) {
            party.onHeard(packet);
        }
        party.rules()
                .onDelivered(
                        packet,
                        new Delivery(
                                datagram.to(),
                                datagram.from(),
                                datagram.ecn(),
                                taken,
                                before,
                                nowNs));
        boolean confirms =
                packet.frames().stream().anyMatch(f -> f instanceof ObservedFrame.HandshakeDone);
        if (confirms) {
            hearsConfirmation = party;
        }
    }

    /** Whether the party has the keys, and knows the ID and the path. */
    private boolean hears(Party party, ObservedPacket packet, SimPacket datagram) {
        return packet.isReadableAfter(party.largestHeard())
                && packet.keyUpdates() >= party.keyUpdatesHeard()
                && world.knows(party.role(), packet.destination())
                && hears(party, datagram);
    }

    private static boolean hears(Party party, SimPacket datagram) {
        if (!party.isOpen() || !party.isComplete()) {
            return false;
        }
        for (Path path : party.connection().paths()) {
            if (path.local().equals(datagram.to()) && path.remote().equals(datagram.from())) {
                return true;
            }
        }
        return false;
    }

    private void onForged(SimPacket datagram) {
        Forged forged = forgeries.get(ByteBuffer.wrap(datagram.payload()));
        if (forged == null) {
            return;
        }
        Party victim = forged.victim();
        victim.rules().find(AckRule.class).onForged(forged.number());
        if (victim.isReady()
                && hears(victim, datagram)
                && forged.streams() == streamsOf(victim)
                && forged.keyUpdates() >= victim.keyUpdatesHeard()) {
            victim.expectError(forged.forgery().errorCode());
        } else {
            victim.excuse();
        }
    }

    /** How often whoever the victim believes to hear had changed its keys. */
    private static int keyUpdatesOf(Party victim) {
        return victim.conversation().keys().keyUpdates(victim.other().role());
    }

    private static long streamsOf(Party victim) {
        return victim.rules().find(CreditRule.class).openedUnidirectional();
    }

    /** A step of the world is over. */
    void afterStep(long nowNs) {
        if (hearsConfirmation != null && hearsConfirmation.isComplete()) {
            hearsConfirmation.onConfirmed();
        }
        hearsConfirmation = null;
        for (Conversation conversation : world.conversations()) {
            for (Role role : Role.values()) {
                conversation.party(role).rules().afterStep(nowNs);
            }
        }
    }
}
