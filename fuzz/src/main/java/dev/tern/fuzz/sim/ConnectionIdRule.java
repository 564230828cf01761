package dev.tern.fuzz.sim;

import dev.tern.quic.wire.ConnectionId;

import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A connection ID belongs to one path for good (RFC 9000 §9.5), is used until it is retired, means
 * nothing after that (§5.1.2), and no more of them are issued than the other can keep (§5.1.1).
 */
final class ConnectionIdRule extends Rule {
    /** active_connection_id_limit, as Tern announces it. */
    private static final int ACTIVE_LIMIT = 32;

    private record Pair(InetSocketAddress from, InetSocketAddress to) {}

    private final World world;
    private final Map<ConnectionId, Pair> used = new HashMap<>();
    private final Map<Long, ConnectionId> issued = new HashMap<>();
    private final Set<ConnectionId> withdrawn = new HashSet<>();
    private final Set<Long> retired = new HashSet<>();

    /** The IDs by which the other called this party, on its way from there to here. */
    private final Map<Pair, Set<ConnectionId>> calledBy = new HashMap<>();

    private ConnectionId justRetired;

    ConnectionIdRule(Party party, World world) {
        super("connection-id", party);
        this.world = world;
    }

    @Override
    void onSent(ObservedPacket packet) {
        Pair pair = new Pair(packet.from(), packet.to());
        Pair before = used.putIfAbsent(packet.destination(), pair);
        require(
                before == null || before.equals(pair) || hasFollowed(before, pair),
                "%s takes ID %s from %s to %s",
                packet,
                packet.destination(),
                before,
                pair);
        require(
                !withdrawn.contains(packet.destination()),
                "%s uses ID %s, which it retired",
                packet,
                packet.destination());
        for (ObservedFrame frame : packet.frames()) {
            if (frame instanceof ObservedFrame.NewId id) {
                onIssued(id);
            } else if (frame instanceof ObservedFrame.RetireId id) {
                ConnectionId theirs = otherRule().issued.get(id.sequence());
                if (theirs != null) {
                    withdrawn.add(theirs);
                }
            }
        }
    }

    /**
     * Whether the other has changed address and not the ID that it calls us by, as when a NAT
     * forgets it: then its ID may be used on, from where we are (RFC 9000 §9.5).
     */
    private boolean hasFollowed(Pair before, Pair now) {
        Set<ConnectionId> calledBefore = calledBy.getOrDefault(before, Set.of());
        Set<ConnectionId> calledNow = calledBy.getOrDefault(now, Set.of());
        return before.from().equals(now.from()) && !Collections.disjoint(calledBefore, calledNow);
    }

    private ConnectionIdRule otherRule() {
        return party().other().rules().find(ConnectionIdRule.class);
    }

    private void onIssued(ObservedFrame.NewId id) {
        ConnectionId before = issued.putIfAbsent(id.sequence(), id.id());
        require(
                before == null || before.equals(id.id()),
                "issues ID %d as %s and as %s",
                id.sequence(),
                before,
                id.id());
        int active = issued.size() + 1 - retired.size();
        require(active <= ACTIVE_LIMIT, "has issued %d IDs at a time", active);
    }

    @Override
    void onDelivered(ObservedPacket packet, Delivery delivery) {
        calledBy.computeIfAbsent(
                        new Pair(delivery.local(), delivery.remote()), _ -> new HashSet<>())
                .add(packet.destination());
        if (!delivery.taken()) {
            return;
        }
        for (ObservedFrame frame : packet.frames()) {
            if (frame instanceof ObservedFrame.RetireId id) {
                retired.add(id.sequence());
                justRetired = issued.get(id.sequence());
            }
        }
    }

    @Override
    void afterStep(long nowNs) {
        if (justRetired != null) {
            require(
                    !party().isOpen() || !world.knows(party().role(), justRetired),
                    "still listens to ID %s, which the other retired",
                    justRetired);
            justRetired = null;
        }
    }
}
