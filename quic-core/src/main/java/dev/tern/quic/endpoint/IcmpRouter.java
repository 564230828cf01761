package dev.tern.quic.endpoint;

import dev.tern.quic.path.IcmpError;
import dev.tern.quic.wire.QuotedHeader;

import java.net.InetSocketAddress;

/**
 * Finds the connection that an ICMP message is about, by what it quotes. Owned by one agent; not
 * thread-safe.
 */
final class IcmpRouter {
    /** How often at most all connections are searched. */
    private static final long SEARCH_INTERVAL_NS = 10_000_000L;

    private final CidRouter<Slot> router;
    private final Iterable<Slot> slots;
    private final QuotedHeader quotedHeader = new QuotedHeader();
    private long searchAllowedNs = Long.MIN_VALUE;

    /**
     * @param slots all connections, in the order of their beginning
     */
    IcmpRouter(CidRouter<Slot> router, Iterable<Slot> slots) {
        this.router = router;
        this.slots = slots;
    }

    /** Tells the connection; returns its slot, or null if the message is about none. */
    Slot deliver(
            InetSocketAddress local,
            InetSocketAddress remote,
            IcmpError error,
            byte[] quoted,
            int offset,
            int length,
            long nowNs) {
        if (!quotedHeader.parse(quoted, offset, length)) {
            return null;
        }
        if (quotedHeader.isLong()) {
            int idOffset = quotedHeader.sourceIdOffset();
            Slot slot = router.get(quoted, idOffset, quotedHeader.sourceIdLength());
            return slot != null && isOf(slot, local, remote, error, nowNs) ? slot : null;
        }
        if (nowNs < searchAllowedNs) {
            return null;
        }
        // A short header names its receiver alone, whose IDs lead nowhere here.
        searchAllowedNs = nowNs + SEARCH_INTERVAL_NS;
        for (Slot slot : slots) {
            if (isOf(slot, local, remote, error, nowNs)) {
                return slot;
            }
        }
        return null;
    }

    private boolean isOf(
            Slot slot,
            InetSocketAddress local,
            InetSocketAddress remote,
            IcmpError error,
            long nowNs) {
        return slot.connection.onIcmpError(local, remote, error, quotedHeader, nowNs);
    }
}
