package dev.tern.peer;

import dev.tern.crypto.identity.PeerId;
import dev.tern.nat.punch.Candidate;
import dev.tern.nat.punch.HolePuncher;
import dev.tern.nat.punch.PunchActions;
import dev.tern.peer.life.LifeCycle;
import dev.tern.peer.life.LifeState;
import dev.tern.quic.connection.CloseReason;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.connection.ConnectionListener;
import dev.tern.quic.path.Path;
import dev.tern.quic.path.SwitchReason;
import dev.tern.quic.stream.Stream;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.relay.client.RelaySession;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;

/**
 * A connection to a peer: one QUIC connection and what keeps it alive while both sides move (DESIGN
 * §5). The {@link LifeCycle} says what to do, the puncher finds direct paths, the relay session
 * gives IDs for the path through the relay.
 *
 * <p>All methods belong to the agent's thread.
 */
public final class PeerConnection implements ConnectionListener {
    /**
     * One probe timeout may be a burst of loss; at the second in a row the path is suspect (DESIGN
     * §5, step 4).
     */
    private static final int SUSPICIOUS_TIMEOUTS = 2;

    private final PeerNode node;
    private final RelaySession session;
    private final boolean dialler;
    private final TicketSecret secret;
    private final LifeCycle life = new LifeCycle();
    private final HolePuncher puncher;
    private final Admission admission;
    private final ArrayDeque<Stream> openedEarly = new ArrayDeque<>();
    private PeerListener listener;
    private PeerId peer;
    private Connection connection;
    private boolean established;

    /**
     * @param peer who is dialled; null at the acceptor, where the handshake tells
     * @param secret what the dialler must prove to know
     */
    PeerConnection(
            PeerNode node,
            RelaySession session,
            boolean dialler,
            PeerId peer,
            TicketSecret secret,
            PeerListener listener) {
        this.node = node;
        this.session = session;
        this.dialler = dialler;
        this.peer = peer;
        this.secret = secret;
        this.listener = listener;
        this.admission = new Admission(secret);
        this.puncher = new HolePuncher(new Punches(), node.punchBudget(), dialler, node.random());
        puncher.forbid(session.relayAddress());
    }

    // ---- for the application

    /** Who is at the other end; null at an acceptor until the handshake is complete. */
    public PeerId peer() {
        return peer;
    }

    /** Whether this side dialled. */
    public boolean isDialler() {
        return dialler;
    }

    public LifeState state() {
        return life.state();
    }

    /** The QUIC connection beneath; null until the relay has answered the dial. */
    public Connection connection() {
        return connection;
    }

    /** Replaces who hears of what happens. */
    public void listener(PeerListener newListener) {
        listener = newListener;
    }

    /** Opens a stream; null at the peer's limit. */
    public Stream openStream(boolean bidirectional) {
        return connection.streams().open(bidirectional);
    }

    /** Ends the connection. */
    public void close(long errorCode, String message, long nowNs) {
        if (connection == null) {
            ended(new CloseReason(CloseReason.Cause.LOCAL, true, errorCode, message), nowNs);
        } else {
            connection.close(errorCode, message, nowNs);
            node.wake(connection);
        }
    }

    // ---- for the node

    RelaySession session() {
        return session;
    }

    HolePuncher puncher() {
        return puncher;
    }

    TicketSecret secret() {
        return secret;
    }

    boolean awaitsDialled(PeerId target) {
        return dialler
                && connection == null
                && life.state() == LifeState.DIALLING
                && peer.equals(target);
    }

    void connected(Connection newConnection) {
        connection = newConnection;
    }

    void fail(String why, long nowNs) {
        ended(new CloseReason(CloseReason.Cause.LOCAL, false, 0, why), nowNs);
    }

    /** There is no local address any more. */
    void onOffline() {
        life.onAddressLost();
    }

    /** This side goes on from {@code local}; the old address, if it is another, is gone. */
    void onMoved(InetSocketAddress local, long nowNs) {
        switch (life.onMoved()) {
            case MOVE_TO_RELAY -> moveToRelay(local, nowNs);
            case REDIAL -> {
                if (dialler) {
                    node.redial(this, nowNs);
                }
            }
            case PUNCH, NOTHING -> {}
        }
    }

    private void moveToRelay(InetSocketAddress local, long nowNs) {
        connection.moveTo(local, session.relayAddress(), SwitchReason.GONE, nowNs);
        node.wake(connection);
        offerHostCandidate(local, nowNs);
        puncher.start(nowNs);
    }

    private void offerHostCandidate(InetSocketAddress local, long nowNs) {
        if (established) {
            puncher.onLocalCandidate(local, Candidate.host(local), nowNs);
        }
    }

    void onLocalGone(InetSocketAddress local) {
        puncher.onLocalGone(local);
    }

    /** The relay says from which address it sees this side. */
    void onObserved(InetSocketAddress local, InetSocketAddress observed, long nowNs) {
        if (established) {
            puncher.onLocalCandidate(local, Candidate.observed(observed), nowNs);
        }
    }

    /** The relay says that the peer has moved: a hint, worth a probe and nothing more. */
    void onPeerMoved() {
        if (connection != null && connection.isEstablished()) {
            connection.currentPath().ping();
            node.wake(connection);
        }
    }

    /** Gives the peer routable IDs while it wants some and the relay session has some. */
    void replenishIds() {
        if (connection == null) {
            return;
        }
        int wanted = connection.routableIdsWanted(session.relayAddress());
        for (int i = 0; i < wanted; i++) {
            ConnectionId id = session.takeId();
            if (id == null || !connection.offerRoutableId(id, session.relayAddress())) {
                return;
            }
            node.wake(connection);
        }
    }

    // ---- from QUIC

    @Override
    public void onHandshakeComplete(Connection on, long nowNs) {
        connection = on;
        peer = node.peerOf(on);
        replenishIds();
        if (dialler) {
            admission.show(on);
            establish(nowNs);
        }
    }

    private void establish(long nowNs) {
        established = true;
        life.onEstablished();

        InetSocketAddress local = connection.currentPath().local();
        offerHostCandidate(local, nowNs);
        InetSocketAddress observed = node.observedAddress(local);
        if (observed != null) {
            onObserved(local, observed, nowNs);
        }
        puncher.start(nowNs);
        listener.onEstablished(this, nowNs);
        Stream early;
        while ((early = openedEarly.poll()) != null) {
            listener.onStreamOpened(this, early);
            listener.onReadable(this, early);
        }
    }

    @Override
    public void onStreamOpened(Connection on, Stream stream) {
        if (!dialler && admission.isProofStream(stream)) {
            return;
        }
        if (established) {
            listener.onStreamOpened(this, stream);
        } else {
            openedEarly.add(stream);
        }
    }

    @Override
    public void onStreamReadable(Connection on, Stream stream) {
        if (!dialler && admission.isProofStream(stream)) {
            judge(stream, node.nowNs());
        } else if (established) {
            listener.onReadable(this, stream);
        }
    }

    private void judge(Stream stream, long nowNs) {
        switch (admission.read(connection, stream)) {
            case ADMITTED -> establish(nowNs);
            case REFUSED -> close(Admission.REFUSED_CODE, "the ticket is not valid here", nowNs);
            case WAITING -> {}
        }
    }

    @Override
    public void onStreamWritable(Connection on, Stream stream) {
        listener.onWritable(this, stream);
    }

    @Override
    public void onPathAdded(Path path, boolean byPeer, long nowNs) {
        if (byPeer && !path.isRelayed()) {
            puncher.onProbed(path.local(), path.remote(), nowNs);
        }
    }

    @Override
    public void onPathValidated(Path path, long nowNs) {
        if (path.isRelayed()) {
            return;
        }
        puncher.onDirectPathValidated(path.local(), path.remote(), nowNs);
        if (dialler && PathChoice.isBetter(path, connection.currentPath())) {
            connection.switchTo(path, SwitchReason.BETTER, nowNs);
        }
    }

    @Override
    public void onPathSwitched(
            Path from, Path to, SwitchReason reason, boolean byPeer, long nowNs) {
        LifeCycle.Action action = life.onPathSwitched(to.isRelayed());
        replenishIds();
        if (action == LifeCycle.Action.PUNCH && byPeer) {
            puncher.onPeerLeft(nowNs);
        }
        listener.onPathChanged(this, from, to, reason, byPeer, nowNs);
    }

    /**
     * The direct path went silent without an event: a NAT forgot it, perhaps. The relay knows the
     * way.
     */
    @Override
    public void onProbeTimeout(Connection on, int count, long nowNs) {
        Path current = on.currentPath();
        if (!established || count < SUSPICIOUS_TIMEOUTS || current.isRelayed()) {
            return;
        }
        if (on.moveTo(current.local(), session.relayAddress(), SwitchReason.SUSPECT, nowNs)) {
            session.ping();
            puncher.start(nowNs);
        }
    }

    @Override
    public void onPeerIdsIssued(Connection on, long nowNs) {
        puncher.onPeerIdsIssued(nowNs);
    }

    @Override
    public void onPeerAddress(Connection on, long sequence, InetSocketAddress address, long nowNs) {
        puncher.onPeerAddress(sequence, address, nowNs);
    }

    @Override
    public void onPeerAddressRemoved(Connection on, long sequence, long nowNs) {
        puncher.onPeerAddressRemoved(sequence);
    }

    @Override
    public void onPunchMeNow(
            Connection on, long round, long pairedWith, InetSocketAddress address, long nowNs) {
        puncher.onPunchMeNow(round, pairedWith, address, nowNs);
    }

    @Override
    public void onClosed(Connection on, CloseReason reason, long nowNs) {
        ended(reason, nowNs);
    }

    private void ended(CloseReason reason, long nowNs) {
        if (life.state() != LifeState.CLOSED) {
            life.onClosed();
            puncher.stop();
            node.forget(this);
            listener.onClosed(this, reason, nowNs);
        }
    }

    /** What the puncher does goes out on this connection. */
    private final class Punches implements PunchActions {
        @Override
        public void addAddress(long sequence, InetSocketAddress address) {
            connection.addresses().addAddress(sequence, address);
            node.wake(connection);
        }

        @Override
        public void punchMeNow(long round, long pairedWith, InetSocketAddress address) {
            connection.addresses().punchMeNow(round, pairedWith, address);
            node.wake(connection);
        }

        @Override
        public void removeAddress(long sequence) {
            connection.addresses().removeAddress(sequence);
            node.wake(connection);
        }

        @Override
        public boolean probe(
                InetSocketAddress local,
                InetSocketAddress remote,
                long intervalNs,
                long durationNs,
                long nowNs) {
            node.wake(connection);
            return connection.probe(local, remote, intervalNs, durationNs, nowNs);
        }
    }
}
