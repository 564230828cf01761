package dev.tern.relay.server;

import dev.tern.quic.buf.DatagramQueue;
import dev.tern.quic.cid.RoutableIds;
import dev.tern.quic.cid.SelfDescribingId;
import dev.tern.quic.connection.Transmit;
import dev.tern.quic.time.DeadlineQueue;

import java.util.ArrayDeque;

/**
 * Passes datagrams on by their destination connection ID, unread and unchanged (DESIGN §4): one
 * datagram out for one in, and nothing remembered but who is registered where. Allocates nothing
 * but what holds back datagrams of peers that just moved. Owned by one agent; not thread-safe.
 */
final class Forwarder {
    /** The largest datagram of an Ethernet, and then some. */
    static final int SLOT_BYTES = 1500;

    private static final int LONG_HEADER = 0x80;

    /** Behind the first byte and the version (RFC 8999 §5.1). */
    private static final int LONG_ID_LENGTH_OFFSET = 5;

    /** 16 MiB in all. */
    private static final int MAX_HOLDING_PEERS = 256;

    private static final long MAX_HOLD_NS = 1_000_000_000L;
    private static final int NONE = -1;

    private final RelayIds ids;
    private final OwnIds ownIds;
    private final Registrations registrations;
    private final TokenBucket total;
    private final DatagramQueue queue;
    private final DeadlineQueue holds = new DeadlineQueue();
    private final ArrayDeque<HeldDatagrams> freeHolds = new ArrayDeque<>();
    private final long[] counts = new long[Fate.values().length];
    private int holdsMade;

    /**
     * @param queue has room for {@value #SLOT_BYTES} bytes in each slot
     */
    Forwarder(
            RelayIds ids,
            OwnIds ownIds,
            Registrations registrations,
            TokenBucket total,
            DatagramQueue queue) {
        this.ids = ids;
        this.ownIds = ownIds;
        this.registrations = registrations;
        this.total = total;
        this.queue = queue;
    }

    long count(Fate fate) {
        return counts[fate.ordinal()];
    }

    /**
     * Looks at a datagram, and passes it on where its ID leads to a peer.
     *
     * @param sender the registered peer at the address that it came from, or null
     * @return whether it is dealt with; otherwise it is the relay's own, or a stranger's first
     */
    boolean take(
            RegisteredPeer sender, int ecn, byte[] buffer, int offset, int length, long nowNs) {
        int idOffset = routableIdOffset(buffer, offset, length);
        if (idOffset == NONE) {
            return false;
        }
        if (!ids.read(buffer, idOffset)) {
            if (ownIds.contains(buffer, idOffset, RoutableIds.LENGTH)) {
                return false; // of an epoch that a control connection has outlived
            }
            count(Fate.DROPPED_UNKNOWN, 1);
            return true;
        }
        if (ids.routeTag() == RelayIds.RELAY_TAG) {
            return false;
        }
        RegisteredPeer target = registrations.byTag(ids.routeTag());
        if (target == null) {
            count(Fate.DROPPED_UNKNOWN, 1);
        } else if (!target.address().isAllowed()) {
            count(Fate.DROPPED_FORBIDDEN, 1);
        } else if (length > SLOT_BYTES) {
            count(Fate.DROPPED_FULL, 1);
        } else {
            TokenBucket bucket = sender != null ? sender.sent() : target.fromStrangers();
            if (bucket.take(length, nowNs) && total.take(length, nowNs)) {
                pass(target, ecn, buffer, offset, length, nowNs);
            } else {
                count(Fate.DROPPED_RATE, 1);
            }
        }
        return true;
    }

    /** Where the destination connection ID is, if it has the form of a routable one. */
    private static int routableIdOffset(byte[] buffer, int offset, int length) {
        boolean isLong = length > 0 && (buffer[offset] & LONG_HEADER) != 0;
        int before = isLong ? LONG_ID_LENGTH_OFFSET + 1 : 1;
        if (length < before + RoutableIds.LENGTH
                || (isLong && buffer[offset + LONG_ID_LENGTH_OFFSET] != RoutableIds.LENGTH)
                || !SelfDescribingId.isRoutable(buffer[offset + before])) {
            return NONE;
        }
        return offset + before;
    }

    private void pass(
            RegisteredPeer target, int ecn, byte[] buffer, int offset, int length, long nowNs) {
        PeerAddress to = target.address();
        if (target.held() != null || !to.allowsBytes(length)) {
            hold(target, ecn, buffer, offset, length, nowNs);
        } else {
            to.onSent(length);
            boolean queued = queue.add(to.local(), to.remote(), ecn, buffer, offset, length);
            count(queued ? Fate.FORWARDED : Fate.DROPPED_FULL, 1);
        }
    }

    // ---- peers that just moved

    private void hold(
            RegisteredPeer target, int ecn, byte[] buffer, int offset, int length, long nowNs) {
        HeldDatagrams held = target.held();
        if (held == null) {
            held = newHold();
            if (held == null) {
                count(Fate.DROPPED_UNVALIDATED, 1);
                return;
            }
            held.beginFor(target);
            target.held(held);
            holds.schedule(held, nowNs + MAX_HOLD_NS);
        }
        if (!held.add(ecn, buffer, offset, length)) {
            count(Fate.DROPPED_UNVALIDATED, 1);
        }
    }

    private HeldDatagrams newHold() {
        HeldDatagrams free = freeHolds.poll();
        if (free == null && holdsMade < MAX_HOLDING_PEERS) {
            holdsMade++;
            return new HeldDatagrams();
        }
        return free;
    }

    /** Bytes came from where a registered peer is: as long as it is not validated they count. */
    void onReceived(RegisteredPeer from, int bytes) {
        from.address().onReceived(bytes);
        release(from);
    }

    /** Passes on what was held for a peer, as far as its address allows by now. */
    void release(RegisteredPeer peer) {
        HeldDatagrams held = peer.held();
        if (held == null) {
            return;
        }
        PeerAddress to = peer.address();
        while (!held.isEmpty() && to.isAllowed() && to.allowsBytes(held.firstLength())) {
            to.onSent(held.firstLength());
            boolean queued = held.moveFirstTo(queue, to);
            count(queued ? Fate.FORWARDED : Fate.DROPPED_FULL, 1);
        }
        if (held.isEmpty()) {
            drop(held);
        }
    }

    /** Drops what is held for a peer. */
    void forget(RegisteredPeer peer) {
        if (peer.held() != null) {
            drop(peer.held());
        }
    }

    private void drop(HeldDatagrams held) {
        count(Fate.DROPPED_UNVALIDATED, held.count());
        holds.cancel(held);
        held.peer().held(null);
        freeHolds.add(held);
    }

    /** When {@link #onTimeout} wants to be called, or {@link Long#MAX_VALUE}. */
    long nextDeadlineNs() {
        return holds.earliestNs();
    }

    /** The deadline may have passed. */
    void onTimeout(long nowNs) {
        DeadlineQueue.Entry entry;
        while ((entry = holds.pollExpired(nowNs)) != null) {
            drop((HeldDatagrams) entry);
        }
    }

    /** Fills in the next datagram to send; returns whether there was one. */
    boolean poll(Transmit transmit) {
        return transmit.takeFrom(queue);
    }

    private void count(Fate fate, int datagrams) {
        counts[fate.ordinal()] += datagrams;
    }
}
