package dev.tern.quic.path;

import dev.tern.quic.cid.PeerConnectionId;
import dev.tern.quic.cid.PeerConnectionIds;
import dev.tern.quic.congestion.CongestionController;
import dev.tern.quic.observe.ConnectionObserver;
import dev.tern.quic.recovery.SentPacketPool;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Every path of one connection: finds, adds, validates and forgets them, and sees to it that each
 * carries a connection ID of its own (RFC 9000 §9.5). Which one carries the data is {@link
 * PathSwitching}'s business. Owned by one agent; not thread-safe.
 */
public final class Paths {
    /** Sets who hears of losses, and of what is known of each path; before the first is added. */
    public void observer(ConnectionObserver newObserver) {
        observer = newObserver;
    }

    /** Old and new address of both sides, to a handful of candidates each. */
    static final int MAX_PATHS = 24;

    private static final int VALIDATION_PTOS = 3;

    private final List<Path> paths = new ArrayList<>();
    private final List<InetSocketAddress> relays = new ArrayList<>();
    private final PeerConnectionIds peerIds;
    private final Supplier<CongestionController> congestion;
    private final SentPacketPool pool;
    private final PathCounters forgotten = new PathCounters();
    private PathListener listener = new PathListener() {};
    private ConnectionObserver observer = ConnectionObserver.NONE;
    private long maxAckDelayNs;
    private int maxDatagramBytes = Path.MIN_DATAGRAM_BYTES;
    private Set<InetSocketAddress> ecnLocals = Set.of();

    /**
     * @param pool where packets in flight come from
     */
    public Paths(
            PeerConnectionIds peerIds,
            Supplier<CongestionController> congestion,
            SentPacketPool pool) {
        this.peerIds = peerIds;
        this.pool = pool;
        this.congestion = congestion;
    }

    public void listener(PathListener pathListener) {
        listener = pathListener;
    }

    /**
     * Names a relay: paths to its address carry routable IDs. Known before such a path is added.
     */
    public void addRelay(InetSocketAddress relay) {
        if (!relays.contains(relay)) {
            relays.add(relay);
        }
    }

    /** The relay at that address, or null where there is none. */
    public InetSocketAddress relayAt(InetSocketAddress remote) {
        return relays.contains(remote) ? remote : null;
    }

    /** The peer's max_ack_delay is known. */
    public void maxAckDelay(long delayNs) {
        maxAckDelayNs = delayNs;
        for (Path path : paths) {
            path.loss().maxAckDelay(delayNs);
        }
    }

    /** How large a datagram may be that is sent to the peer, if the network carries it. */
    public void maxDatagramBytes(int bytes) {
        maxDatagramBytes = bytes;
        for (Path path : paths) {
            path.maxDatagramBytes(bytes);
        }
    }

    /** The addresses whose transports carry ECN marks, now and later. */
    public void ecnUsableAt(Set<InetSocketAddress> locals) {
        ecnLocals = locals;
        for (Path path : paths) {
            enableEcn(path);
        }
    }

    private void enableEcn(Path path) {
        if (ecnLocals.contains(path.local())) {
            path.enableEcn();
        }
    }

    /** How many packets that left with an ECN mark the ACK frame at hand names. */
    public long newlyAckedMarked() {
        long packets = 0;
        for (int i = 0; i < paths.size(); i++) {
            packets += paths.get(i).loss().newlyAckedMarked();
        }
        return packets;
    }

    /** What all paths have carried, those that are forgotten, too. */
    public PathCounters traffic() {
        PathCounters sum = new PathCounters();
        sum.add(forgotten);
        paths.forEach(path -> sum.add(path.counters()));
        return sum;
    }

    public SentPacketPool pool() {
        return pool;
    }

    public List<Path> all() {
        return Collections.unmodifiableList(paths);
    }

    public int count() {
        return paths.size();
    }

    public Path at(int index) {
        return paths.get(index);
    }

    public Path find(InetSocketAddress local, InetSocketAddress remote) {
        for (int i = 0; i < paths.size(); i++) {
            Path path = paths.get(i);
            if (path.remote().equals(remote) && path.local().equals(local)) {
                return path;
            }
        }
        return null;
    }

    /** The path of the handshake, with the ID that the first packet carries. */
    public Path addFirst(
            InetSocketAddress local,
            InetSocketAddress remote,
            PeerConnectionId destinationId,
            long nowNs) {
        Path path = newPath(local, remote, nowNs);
        path.destinationId(destinationId);
        return path;
    }

    /**
     * The handshake's destination ID is replaced by the one that the peer chose (RFC 9000 §7.2).
     */
    public void replaceFirstId(PeerConnectionId destinationId) {
        paths.getFirst().destinationId(destinationId);
    }

    /**
     * Adds a path that takes an unused ID of the peer's.
     *
     * @param chosenHere whether this side chose it, rather than answers a packet that came by it
     * @return null where the peer has issued no ID for it, or there are too many paths
     */
    public Path add(
            InetSocketAddress local,
            InetSocketAddress remote,
            boolean chosenHere,
            Path keep,
            long nowNs) {
        return add(local, remote, chosenHere, keep, takeId(remote), nowNs);
    }

    /**
     * Adds the path by which the peer came from another address without another of this side's IDs:
     * a NAT has rebound it. Where the peer has issued no unused ID, its path goes on with that of
     * the current one, which is not more than an observer sees anyway (RFC 9000 §9.5).
     *
     * @return null where there are too many paths
     */
    public Path addRebound(
            InetSocketAddress local, InetSocketAddress remote, Path current, long nowNs) {
        PeerConnectionId id = takeId(remote);
        boolean shared = id == null && current.local().equals(local) && relayAt(remote) == null;
        if (shared && !current.isRelayed()) {
            id = current.destinationId();
        }
        return add(local, remote, false, current, id, nowNs);
    }

    private PeerConnectionId takeId(InetSocketAddress remote) {
        PeerConnectionId id = peerIds.take(relayAt(remote));
        return id == null ? idOfDeadPath(remote) : id;
    }

    private Path add(
            InetSocketAddress local,
            InetSocketAddress remote,
            boolean chosenHere,
            Path keep,
            PeerConnectionId id,
            long nowNs) {
        if (id == null) {
            return null;
        }
        if (paths.size() >= MAX_PATHS && !forgetOne(keep)) {
            release(id);
            return null;
        }
        AmplificationLimit doubtful = doubtfulLimit(remote);
        Path path = newPath(local, remote, nowNs);
        path.destinationId(id);
        distrust(path, chosenHere, doubtful);
        if (keep != null) {
            path.rtt().assume(keep.rtt().smoothedNs());
        }
        listener.onPathAdded(path, !chosenHere, nowNs);
        return path;
    }

    /**
     * Takes the ID from a path to the same relay whose local address is gone. Whoever watches both
     * networks can join them by it, but a connection that lives is worth more.
     */
    private PeerConnectionId idOfDeadPath(InetSocketAddress remote) {
        for (Path path : paths) {
            if (path.isAbandoned() && path.isRelayed() && path.remote().equals(remote)) {
                PeerConnectionId id = path.destinationId();
                path.destinationId(null);
                return id;
            }
        }
        return null;
    }

    private Path newPath(InetSocketAddress local, InetSocketAddress remote, long nowNs) {
        Path path = new Path(local, remote, relayAt(remote) != null, congestion.get(), pool, nowNs);
        path.observer(observer);
        path.loss().maxAckDelay(maxAckDelayNs);
        path.takeUp(nowNs);
        path.maxDatagramBytes(maxDatagramBytes);
        enableEcn(path);
        paths.add(path);
        return path;
    }

    /**
     * @param doubtful see {@link #doubtfulLimit}
     */
    private static void distrust(Path path, boolean chosenHere, AmplificationLimit doubtful) {
        if (!chosenHere) {
            path.distrust();
        } else if (doubtful != null) {
            path.limit(doubtful);
        } else {
            path.distrustChosen();
        }
    }

    /**
     * The limit of an address that only the peer has named so far, or null. That this side sends
     * there from another address now says nothing for it: RFC 9000 §8 limits what goes to an
     * address, from wherever.
     */
    private AmplificationLimit doubtfulLimit(InetSocketAddress remote) {
        AmplificationLimit doubtful = null;
        for (Path path : paths) {
            if (path.remote().equals(remote)) {
                if (path.amplification().isLifted()) {
                    return null;
                }
                if (path.amplification().isDoubtful()) {
                    doubtful = path.amplification();
                }
            }
        }
        return doubtful;
    }

    private boolean forgetOne(Path keep) {
        for (Path path : paths) {
            if (path != keep && (path.isAbandoned() || !path.isValidated())) {
                remove(path);
                return true;
            }
        }
        // A peer that often moves leaves addresses behind that were all good once.
        Path oldest = null;
        for (Path path : paths) {
            if (path != keep
                    && (oldest == null || path.lastReceivedNs() - oldest.lastReceivedNs() < 0)) {
                oldest = path;
            }
        }
        if (oldest != null) {
            remove(oldest);
        }
        return oldest != null;
    }

    /**
     * Takes an abandoned path up again, because one side is back where it was: it must prove itself
     * as a new one must.
     *
     * @return whether it has a connection ID, for another path may have taken it
     */
    public boolean revive(Path path, boolean chosenHere, long nowNs) {
        if (path.destinationId() == null) {
            path.destinationId(peerIds.take(relayAt(path.remote())));
        }
        if (path.destinationId() == null) {
            return false;
        }
        path.revive();
        distrust(path, chosenHere, doubtfulLimit(path.remote()));
        validate(path, nowNs);
        return true;
    }

    /**
     * Nothing leaves from that local address any more: its paths stay only to hear of late ACKs.
     */
    public void abandonFrom(InetSocketAddress local, long nowNs) {
        for (Path path : paths) {
            if (path.local().equals(local)) {
                path.abandon(nowNs);
            }
        }
    }

    /** Forgets a path and retires its ID. */
    public void remove(Path path) {
        paths.remove(path);
        forgotten.add(path.counters());
        path.loss().declareAllLost();
        path.loss().release();
        if (path.destinationId() != null) {
            release(path.destinationId());
        }
    }

    private void release(PeerConnectionId id) {
        for (Path path : paths) {
            if (path.destinationId() == id) {
                return;
            }
        }
        peerIds.release(id);
    }

    /**
     * Puts a fresh ID of the peer's on a path whose far end moved; where none is left, the old one
     * stays: a link that could be joined is better than none.
     */
    void refreshId(Path path, boolean chosenHere, long nowNs) {
        PeerConnectionId fresh = peerIds.take(relayAt(path.remote()));
        if (fresh == null) {
            return;
        }
        PeerConnectionId old = path.destinationId();
        path.destinationId(fresh);
        release(old);
        if (chosenHere) {
            path.distrustChosen();
        } else {
            path.distrust();
        }
        validate(path, nowNs);
    }

    /** Replaces IDs that the peer withdrew by retire_prior_to (RFC 9000 §5.1.2). */
    public void replaceWithdrawnIds() {
        for (Path path : paths) {
            if (path.destinationId() != null && peerIds.isWithdrawn(path.destinationId())) {
                PeerConnectionId fresh = peerIds.take(relayAt(path.remote()));
                if (fresh != null) {
                    path.destinationId(fresh);
                }
            }
        }
    }

    /** Challenges a path until it answers or three probe timeouts are over (RFC 9000 §8.2.4). */
    public void validate(Path path, long nowNs) {
        long ptoNs = path.rtt().ptoNs(maxAckDelayNs);
        path.validate(
                ptoNs,
                nowNs + VALIDATION_PTOS * Math.max(ptoNs, 2 * path.rtt().smoothedNs()),
                nowNs);
    }

    /**
     * Probes a pair of addresses for {@code durationNs}, first every {@code intervalNs}; adds the
     * path if it is new.
     *
     * @return the path, or null when no ID is left for it
     */
    public Path probe(
            InetSocketAddress local,
            InetSocketAddress remote,
            long intervalNs,
            long durationNs,
            Path current,
            long nowNs) {
        Path path = find(local, remote);
        if (path == null) {
            path = add(local, remote, true, current, nowNs);
        }
        if (path != null && !path.isAbandoned()) {
            path.validate(intervalNs, nowNs + durationNs, nowNs);
        }
        return path;
    }

    /** A PATH_CHALLENGE came by this path: it is answered there (RFC 9000 §8.2.2). */
    public void onChallenge(Path path, long data, long nowNs) {
        path.frames().respond(data);
        path.hurryValidation(nowNs);
    }

    /** A PATH_RESPONSE came by {@code arrivedOn}; it must answer a challenge of that path. */
    public void onResponse(Path arrivedOn, long data, long nowNs) {
        boolean before = arrivedOn.isValidated();
        if (arrivedOn.onResponse(data, nowNs) && !before) {
            listener.onPathValidated(arrivedOn, nowNs);
        }
    }

    /**
     * Tells the peer on that path from where its packets come (draft-ietf-quic-address-discovery).
     */
    public void reportObserved(Path path, long sequence) {
        path.frames().observed(sequence, path.remote());
    }

    public void onObservedAddress(Path path, InetSocketAddress address, long nowNs) {
        listener.onObservedAddress(path, address, nowNs);
    }

    /** When {@link #onTimeout} wants to be called for validation. */
    public long nextDeadlineNs(Path current) {
        long deadlineNs = Long.MAX_VALUE;
        for (int i = 0; i < paths.size(); i++) {
            Path path = paths.get(i);
            if (path != current || !path.isAbandoned()) {
                deadlineNs =
                        Math.min(
                                deadlineNs,
                                path.isAbandoned()
                                        ? path.forgetNs()
                                        : Math.min(
                                                path.validationDeadlineNs(), path.mtuDeadlineNs()));
            }
        }
        return deadlineNs;
    }

    /**
     * Gives up on paths whose validation took too long; {@code current} is kept for its owner to
     * judge.
     */
    public void onTimeout(Path current, long nowNs) {
        for (int i = paths.size() - 1; i >= 0; i--) {
            Path path = paths.get(i);
            path.onMtuTimeout(nowNs);
            if (path.isAbandoned()) {
                if (path != current && nowNs >= path.forgetNs()) {
                    remove(path);
                }
            } else if (path.validationExpired(nowNs)) {
                if (path != current) {
                    remove(path);
                }
                listener.onPathFailed(path, nowNs);
            }
        }
    }

    PathListener events() {
        return listener;
    }
}
