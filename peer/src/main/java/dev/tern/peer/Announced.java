package dev.tern.peer;

import dev.tern.quic.wire.ConnectionId;

import java.util.ArrayDeque;

/**
 * Connection IDs that a relay announced by INCOMING: a first packet through the relay is accepted
 * only on one of them, once, and soon (DESIGN §4).
 */
final class Announced {
    private static final long LIFETIME_NS = 30_000_000_000L;
    private static final int MAX_WAITING = 64;

    private record Entry(ConnectionId id, long untilNs) {}

    private final ArrayDeque<Entry> waiting = new ArrayDeque<>();

    void add(ConnectionId id, long nowNs) {
        if (waiting.size() == MAX_WAITING) {
            waiting.poll();
        }
        waiting.add(new Entry(id, nowNs + LIFETIME_NS));
    }

    /** Whether this ID was announced, and has not been used. */
    boolean take(ConnectionId id, long nowNs) {
        waiting.removeIf(entry -> nowNs >= entry.untilNs());
        return waiting.removeIf(entry -> entry.id().equals(id));
    }
}
