package dev.tern.quic.endpoint;

import dev.tern.quic.wire.ConnectionId;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;

/**
 * 0-RTT packets that have overtaken the Initial packets that they follow: kept for a moment, so
 * that a server reads them when it has the keys (RFC 9000 §5.2.2). Whoever sends such packets alone
 * takes room from others who do, and nothing else. Owned by one agent; not thread-safe.
 */
final class EarlyDatagrams {
    /** As many as an initial window holds. */
    private static final int MAX_DATAGRAMS_OF_ONE = 10;

    private static final int MAX_DATAGRAMS = 64;
    private static final int MAX_DATAGRAM_BYTES = 1500;

    /** A client sends its Initial again after a second. */
    private static final long LIFETIME_NS = 1_500_000_000L;

    /** Takes datagrams as if they came now. */
    @FunctionalInterface
    interface Receiver {
        void onDatagram(
                InetSocketAddress local, InetSocketAddress remote, int ecn, byte[] datagram);
    }

    private record Held(
            ConnectionId destinationId,
            InetSocketAddress local,
            InetSocketAddress remote,
            int ecn,
            byte[] datagram,
            long sinceNs) {}

    private final ArrayDeque<Held> held = new ArrayDeque<>();

    /** Keeps a copy of a datagram, if there is room. */
    void hold(
            ConnectionId destinationId,
            InetSocketAddress local,
            InetSocketAddress remote,
            int ecn,
            byte[] buffer,
            int offset,
            int length,
            long nowNs) {
        dropStale(nowNs);
        if (length > MAX_DATAGRAM_BYTES || held.size() == MAX_DATAGRAMS) {
            return;
        }
        int ofSame = 0;
        for (Held each : held) {
            ofSame += each.destinationId().equals(destinationId) ? 1 : 0;
        }
        if (ofSame < MAX_DATAGRAMS_OF_ONE) {
            byte[] datagram = Arrays.copyOfRange(buffer, offset, offset + length);
            held.addLast(new Held(destinationId, local, remote, ecn, datagram, nowNs));
        }
    }

    private void dropStale(long nowNs) {
        while (!held.isEmpty() && nowNs - held.peekFirst().sinceNs() >= LIFETIME_NS) {
            held.removeFirst();
        }
    }

    /** Hands over what was kept for an ID, in the order in which it came. */
    void release(ConnectionId destinationId, Receiver receiver, long nowNs) {
        dropStale(nowNs);
        Iterator<Held> each = held.iterator();
        while (each.hasNext()) {
            Held one = each.next();
            if (one.destinationId().equals(destinationId)) {
                each.remove();
                receiver.onDatagram(one.local(), one.remote(), one.ecn(), one.datagram());
            }
        }
    }

    boolean isEmpty() {
        return held.isEmpty();
    }
}
