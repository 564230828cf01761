package dev.tern.relay.client;

import dev.tern.quic.cid.RoutableIds;
import dev.tern.quic.cid.SelfDescribingId;
import dev.tern.quic.wire.ConnectionId;

import java.util.ArrayDeque;
import java.util.List;

/**
 * Routable IDs in stock. They leave it at half of their lifetime, so that a connection that takes
 * one can keep it for the other half. Bounded; not thread-safe.
 */
final class IdPool {
    private static final int MAX_IDS = 64;

    private record Stocked(ConnectionId id, long freshUntilNs) {}

    private final ArrayDeque<Stocked> stock = new ArrayDeque<>();

    int size() {
        return stock.size();
    }

    void clear() {
        stock.clear();
    }

    /**
     * What has not the form of a routable ID cannot have come from an honest relay, and is left.
     */
    void add(List<ConnectionId> ids, long lifetimeNs, long nowNs) {
        for (ConnectionId id : ids) {
            if (stock.size() < MAX_IDS
                    && id.length() == RoutableIds.LENGTH
                    && SelfDescribingId.isRoutable(id.byteAt(0))) {
                stock.add(new Stocked(id, nowNs + lifetimeNs / 2));
            }
        }
    }

    /** An ID that was never taken before, or null. */
    ConnectionId take() {
        Stocked first = stock.poll();
        return first == null ? null : first.id();
    }

    long nextDeadlineNs() {
        return stock.isEmpty() ? Long.MAX_VALUE : stock.peek().freshUntilNs();
    }

    void onTimeout(long nowNs) {
        while (!stock.isEmpty() && nowNs - stock.peek().freshUntilNs() >= 0) {
            stock.poll();
        }
    }
}
