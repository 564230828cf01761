package dev.tern.nat.punch;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * How many bytes all connections of an endpoint together may send to one IP address without having
 * been answered from there: a peer can name any address, and whoever has it never asked. Shared by
 * the endpoint's {@link HolePuncher}s; owned by one agent, not thread-safe.
 */
public final class PunchBudget {
    /** A PATH_CHALLENGE fills a datagram of this size (RFC 9000 §8.2.1). */
    public static final int PROBE_BYTES = 1200;

    static final long DESTINATION_LIMIT_BYTES = 16 << 10;
    static final long DESTINATION_WINDOW_NS = 60_000_000_000L;

    /** Where the table is full, nobody new is probed until a row has run out. */
    static final int MAX_DESTINATIONS = 4096;

    private final Map<InetAddress, ByteWindow> destinations = new HashMap<>();

    long leftBytes(InetAddress destination, long nowNs) {
        ByteWindow window = destinations.get(destination);
        if (window != null) {
            return window.leftBytes(nowNs);
        }
        if (destinations.size() >= MAX_DESTINATIONS) {
            destinations.values().removeIf(other -> other.isUnused(nowNs));
        }
        return destinations.size() < MAX_DESTINATIONS ? DESTINATION_LIMIT_BYTES : 0;
    }

    void charge(InetAddress destination, long bytes, long endNs) {
        destinations
                .computeIfAbsent(
                        destination,
                        unseen -> new ByteWindow(DESTINATION_LIMIT_BYTES, DESTINATION_WINDOW_NS))
                .charge(bytes, endNs);
    }

    void refund(InetAddress destination, long bytes, long endNs) {
        ByteWindow window = destinations.get(destination);
        if (window != null) {
            window.refund(bytes, endNs);
        }
    }
}
