package dev.tern.nat.punch;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Finds a direct path for one connection: tells the peer this side's addresses, probes the pairs
 * that they make with the peer's, and asks for the peer's probes in rounds while none is answered
 * (draft-seemann-quic-nat-traversal-02). The probe is the punch, so candidates are probed as soon
 * as they are known; rounds repeat that for both sides at once.
 *
 * <pre>
 *   READY --start--> PUNCHING --direct path validated--> READY
 *     \----stop---------\---stop--> STOPPED --start--> PUNCHING
 * </pre>
 *
 * Owned by one agent; not thread-safe.
 */
public final class HolePuncher {
    /** Enough for two sockets and the candidates of two versions each. */
    private static final int MAX_FRAMES_PER_ROUND = 16;

    private enum State {
        /** Candidates are told and probed as they come. */
        READY,
        /** And rounds are repeated. */
        PUNCHING,
        /** Candidates are told. */
        STOPPED
    }

    private final PunchActions actions;
    private final boolean dialler;
    private final CandidateFilter filter;
    private final RandomGenerator random;
    private final RoundTimes times;
    private final Probes probes;
    private final OwnCandidates own = new OwnCandidates();
    private final PeerCandidates peers = new PeerCandidates();
    private final RoundTokens tokens = new RoundTokens();
    private State state = State.READY;
    private long round;
    private long peerRound = -1;
    private boolean peerRoundIsAccepted;
    private boolean peerLeads;
    private long nextRoundNs;

    /** Probes no privileged ports. */
    public HolePuncher(
            PunchActions actions, PunchBudget budget, boolean dialler, RandomGenerator random) {
        this(actions, budget, new CandidateFilter(false), dialler, random);
    }

    /**
     * @param budget the endpoint's, shared by all its connections
     * @param filter what the peer may have us probe
     * @param dialler whether this side opened the connection: it leads where both start rounds
     */
    public HolePuncher(
            PunchActions actions,
            PunchBudget budget,
            CandidateFilter filter,
            boolean dialler,
            RandomGenerator random) {
        this.actions = actions;
        this.dialler = dialler;
        this.filter = filter;
        this.random = random;
        this.times = new RoundTimes(random);
        this.probes = new Probes(actions, budget);
    }

    // ---- this side's addresses

    /**
     * A local socket can perhaps be reached at an address: tells the peer once, and probes the
     * peer's candidates from that socket.
     */
    public void onLocalCandidate(InetSocketAddress local, Candidate candidate, long nowNs) {
        InetSocketAddress address = CandidateFilter.canonical(candidate.address());
        if (address == null
                || address.getPort() == 0
                || AddressScope.of(address.getAddress()) == AddressScope.UNUSABLE
                || own.isKnown(local, address)) {
            return;
        }
        if (own.isFull()) {
            OwnCandidates.Row removed = own.removeOldestObserved();
            if (removed == null) {
                return;
            }
            actions.removeAddress(removed.sequence());
        }
        Candidate canonical = new Candidate(candidate.kind(), address);
        actions.addAddress(own.add(local, canonical).sequence(), address);
        for (PeerCandidates.Row row : peers.all()) {
            probe(local, row.address(), nowNs);
        }
    }

    /** A local socket is closed: withdraws its addresses. */
    public void onLocalGone(InetSocketAddress local) {
        for (OwnCandidates.Row row : own.removeLocal(local)) {
            actions.removeAddress(row.sequence());
        }
        probes.forgetLocal(local);
    }

    // ---- the peer's addresses

    /** ADD_ADDRESS: probes it from every local socket from which that makes sense. */
    public void onPeerAddress(long sequence, InetSocketAddress named, long nowNs) {
        InetSocketAddress address = filter.admit(named);
        if (address == null || !peers.add(sequence, address)) {
            return;
        }
        for (InetSocketAddress local : own.locals()) {
            probe(local, address, nowNs);
        }
    }

    /** REMOVE_ADDRESS. */
    public void onPeerAddressRemoved(long sequence) {
        peers.remove(sequence);
    }

    /**
     * PUNCH_ME_NOW: probes as asked, from the address of ours that has that number.
     *
     * @param pairedWith our number for the address of ours that the peer probes
     */
    public void onPunchMeNow(long newRound, long pairedWith, InetSocketAddress named, long nowNs) {
        InetSocketAddress address = filter.admit(named);
        InetSocketAddress local = own.localOf(pairedWith);
        if (address == null || local == null || !acceptRound(newRound, nowNs)) {
            return;
        }
        probes.forgetStaleAnswer(local, address, nowNs);
        probe(local, address, nowNs);
    }

    /** All frames of one round cost one token together. */
    private boolean acceptRound(long newRound, long nowNs) {
        if (newRound > peerRound) {
            peerRound = newRound;
            peerRoundIsAccepted = state != State.STOPPED && tokens.take(nowNs);
            peerLeads |= peerRoundIsAccepted;
        }
        return newRound == peerRound && peerRoundIsAccepted;
    }

    /**
     * The peer probed from an address that it perhaps never named (a peer-reflexive candidate, RFC
     * 8445 §7.3.1.3): probes it back.
     */
    public void onProbed(InetSocketAddress local, InetSocketAddress remote, long nowNs) {
        if (state != State.STOPPED && filter.isSendable(remote)) {
            probes.probe(local, remote, nowNs);
        }
    }

    /** Never to be probed, though the peer name it: a relay's address. */
    public void forbid(InetSocketAddress relay) {
        filter.forbid(relay);
    }

    private boolean probe(InetSocketAddress local, InetSocketAddress remote, long nowNs) {
        return state != State.STOPPED
                && own.mayPair(local, remote)
                && probes.probe(local, remote, nowNs);
    }

    // ---- rounds

    /**
     * There is no direct path, or none any more: begins rounds now, and repeats them until one is
     * validated. Paths that were validated before are probed again.
     */
    public void start(long nowNs) {
        state = State.PUNCHING;
        probes.forgetAnswers();
        times.restart();
        peerLeads = false;
        punch(nowNs);
        nextRoundNs = nowNs + times.nextDelayNs();
    }

    /** Neither rounds nor probes any more. */
    public void stop() {
        state = State.STOPPED;
    }

    /** Challenge and response crossed a direct path: that ends the rounds. */
    public void onDirectPathValidated(
            InetSocketAddress local, InetSocketAddress remote, long nowNs) {
        if (state == State.PUNCHING) {
            state = State.READY;
        }
        probes.onAnswered(local, remote, nowNs);
        tokens.refill();
    }

    /** The peer moved, and proved that it did: it may start rounds afresh. */
    public void onPeerMoved() {
        tokens.refill();
    }

    /**
     * The peer has left an address, and will say where it can be reached now: what it named before
     * is likely dead, and probing it would only use up the budget. Rounds begin if it says nothing.
     */
    public void onPeerLeft(long nowNs) {
        onPeerMoved();
        state = State.PUNCHING;
        probes.forgetAnswers();
        times.restart();
        times.nextDelayNs();
        nextRoundNs = nowNs + times.nextDelayNs();
    }

    /** The peer issued connection IDs: probes that failed for want of one are made up for. */
    public void onPeerIdsIssued(long nowNs) {
        if (state != State.STOPPED) {
            probes.retryStarved(nowNs);
        }
    }

    public long nextDeadlineNs() {
        return state == State.PUNCHING ? nextRoundNs : Long.MAX_VALUE;
    }

    public void onTimeout(long nowNs) {
        if (state != State.PUNCHING || nowNs - nextRoundNs < 0) {
            return;
        }
        // Two rounds at once find nothing that one does not, and cost twice.
        if (dialler || !peerLeads) {
            punch(nowNs);
        }
        peerLeads = false;
        nextRoundNs = nowNs + times.nextDelayNs();
    }

    /** One pair of a local socket and a candidate of the peer's. */
    private record Pair(InetSocketAddress local, PeerCandidates.Row peer) {}

    private void punch(long nowNs) {
        round++;
        int frames = 0;
        for (Pair pair : pairsInAnyOrder()) {
            InetSocketAddress remote = pair.peer().address();
            InetSocketAddress reachableAt = own.addressTowards(pair.local(), remote);
            boolean probed = probe(pair.local(), remote, nowNs);
            if (probed && reachableAt != null && frames < MAX_FRAMES_PER_ROUND) {
                actions.punchMeNow(round, pair.peer().sequence(), reachableAt);
                frames++;
            }
        }
    }

    /** So that where connection IDs or bytes do not suffice for all, each has its turn. */
    private List<Pair> pairsInAnyOrder() {
        List<Pair> pairs = new ArrayList<>();
        for (InetSocketAddress local : own.locals()) {
            for (PeerCandidates.Row peer : peers.all()) {
                pairs.add(new Pair(local, peer));
            }
        }
        Collections.shuffle(pairs, random);
        return pairs;
    }
}
