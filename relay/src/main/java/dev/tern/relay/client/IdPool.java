package dev.tern.relay.client;

import dev.tern.quic.cid.RoutableIds;
import dev.tern.quic.cid.SelfDescribingId;
import dev.tern.quic.wire.ConnectionId;

import java.util.ArrayDeque;
import java.util.List;

/**
 * Routable IDs in stock. At half of their lifetime they are to be replaced by fresh ones, so that a
 * connection that takes one can keep it for the other half. Bounded; not thread-safe.
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
        while (isStale(nowNs)) {
            stock.poll();
        }
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

    /** When the first are to be replaced, or {@link Long#MAX_VALUE}. */
    long staleNs() {
        return stock.isEmpty() ? Long.MAX_VALUE : stock.peek().freshUntilNs();
    }

    boolean isStale(long nowNs) {
        return !stock.isEmpty() && nowNs - stock.peek().freshUntilNs() >= 0;
    }
}
