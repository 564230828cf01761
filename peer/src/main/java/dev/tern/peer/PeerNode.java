package dev.tern.peer;

import dev.tern.crypto.identity.PeerId;
import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.crypto.identity.PeerVerifiers;
import dev.tern.crypto.tls.NamedGroup;
import dev.tern.crypto.tls.PeerVerifier;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.nat.punch.PunchBudget;
import dev.tern.quic.cid.SelfDescribingId;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.connection.ConnectionWaker;
import dev.tern.quic.connection.Transmit;
import dev.tern.quic.endpoint.Acceptor;
import dev.tern.quic.endpoint.DatagramNode;
import dev.tern.quic.endpoint.Endpoint;
import dev.tern.quic.path.IcmpError;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.Versions;
import dev.tern.relay.RelayAddress;
import dev.tern.relay.client.RelaySession;
import dev.tern.relay.client.RelaySessionListener;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * A program that is a peer: its relay sessions, its connections to other peers, and the local
 * addresses it has at the moment (DESIGN §5). When the address in use goes, everything is carried
 * on from another in the same instant. Owned by one agent; not thread-safe.
 */
public final class PeerNode implements DatagramNode {
    /** ALPN of connections between peers. */
    public static final String PROTOCOL = "tern-peer/1";

    private static final long PEER_IDLE_TIMEOUT_NS = 300_000_000_000L;
    private static final long PEER_KEEP_ALIVE_NS = 15_000_000_000L;

    private final PeerIdentity identity;
    private final SecureRandom tlsRandom;
    private final RandomGenerator random;
    private final Endpoint endpoint;
    private final PunchBudget punchBudget = new PunchBudget();
    private final Announced announced = new Announced();
    private final Map<InetSocketAddress, RelaySession> sessions = new HashMap<>();
    private final List<PeerConnection> connections = new ArrayList<>();
    private final List<InetSocketAddress> locals = new ArrayList<>();
    private final Map<InetSocketAddress, InetSocketAddress> observed = new HashMap<>();
    private InetSocketAddress active;
    private TicketSecret listenSecret;
    private Function<PeerConnection, PeerListener> onAccepted;
    private long nowNs;

    /**
     * @param identity who this peer is
     * @param random for IDs and challenges; must be cryptographically strong outside of tests
     * @param tlsRandom for handshakes
     * @param waker how application threads wake the agent
     */
    public PeerNode(
            PeerIdentity identity,
            RandomGenerator random,
            SecureRandom tlsRandom,
            ConnectionWaker waker) {
        this.identity = identity;
        this.random = random;
        this.tlsRandom = tlsRandom;
        byte[] resetKey = new byte[32];
        random.nextBytes(resetKey);
        this.endpoint = new Endpoint(this::handshakeId, this::accept, waker, random, resetKey);
        endpoint.acceptVersions(List.of(Versions.V1));
    }

    // ---- for the application

    /** Registers with a relay as soon as there is a local address. */
    public RelaySession join(RelayAddress relay, RelaySessionListener listener, long atNs) {
        nowNs = atNs;
        RelaySession session =
                new RelaySession(
                        relay,
                        identity,
                        tlsRandom,
                        random.nextLong(),
                        new SessionEvents(relay.address(), listener));
        sessions.put(relay.address(), session);
        if (active != null) {
            session.connect(endpoint, active, atNs);
        }
        return session;
    }

    /**
     * Serves peers that show this ticket secret.
     *
     * @param listeners gives each new connection its listener; asked before anything happens on it
     */
    public void listen(TicketSecret secret, Function<PeerConnection, PeerListener> listeners) {
        listenSecret = secret;
        onAccepted = listeners;
    }

    /** Dials whoever issued a ticket; the relay must have been joined. */
    public PeerConnection dial(Ticket ticket, PeerListener listener, long atNs) {
        nowNs = atNs;
        RelaySession session = sessions.get(ticket.relay().address());
        PeerConnection connection =
                new PeerConnection(this, session, true, ticket.peer(), ticket.secret(), listener);
        connections.add(connection);
        session.dial(ticket.peer(), atNs);
        return connection;
    }

    /** Who this peer is. */
    public PeerId peerId() {
        return identity.peerId();
    }

    /** Every connection to a peer that is not over. */
    public List<PeerConnection> connections() {
        return List.copyOf(connections);
    }

    /**
     * Something was done to a connection outside of its callbacks: it may have datagrams to send.
     */
    public void wake(Connection connection) {
        endpoint.wake(connection);
    }

    /** Everything stopped working; connections are over without another word to the peers. */
    public void fail(String why) {
        List.copyOf(connections).forEach(connection -> connection.fail(why, nowNs));
    }

    /** Ends everything: peers and relays are told. */
    public void close(long atNs) {
        nowNs = atNs;
        for (PeerConnection connection : List.copyOf(connections)) {
            connection.close(0, "", atNs);
        }
        sessions.values().forEach(session -> session.close(atNs));
    }

    // ---- for connections

    PunchBudget punchBudget() {
        return punchBudget;
    }

    RandomGenerator random() {
        return random;
    }

    long nowNs() {
        return nowNs;
    }

    PeerId peerOf(Connection connection) {
        return PeerId.ofCertificate(connection.tls().peerCertificates().getFirst());
    }

    InetSocketAddress observedAddress(InetSocketAddress local) {
        return observed.get(local);
    }

    void forget(PeerConnection connection) {
        connections.remove(connection);
    }

    void redial(PeerConnection connection, long atNs) {
        connection.session().dial(connection.peer(), atNs);
    }

    // ---- datagrams and time

    @Override
    public void onDatagram(
            InetSocketAddress local,
            InetSocketAddress remote,
            int ecn,
            byte[] buffer,
            int offset,
            int length,
            long atNs) {
        nowNs = atNs;
        endpoint.onDatagram(local, remote, ecn, buffer, offset, length, atNs);
    }

    @Override
    public void onIcmpError(
            InetSocketAddress local,
            InetSocketAddress remote,
            IcmpError error,
            byte[] quoted,
            int offset,
            int length,
            long atNs) {
        nowNs = atNs;
        endpoint.onIcmpError(local, remote, error, quoted, offset, length, atNs);
    }

    @Override
    public boolean pollTransmit(Transmit transmit, long atNs) {
        nowNs = atNs;
        return endpoint.pollTransmit(transmit, atNs);
    }

    @Override
    public long nextDeadlineNs() {
        long deadlineNs = endpoint.nextDeadlineNs();
        for (RelaySession session : sessions.values()) {
            deadlineNs = Math.min(deadlineNs, session.nextDeadlineNs());
        }
        for (int i = 0; i < connections.size(); i++) {
            deadlineNs = Math.min(deadlineNs, connections.get(i).puncher().nextDeadlineNs());
        }
        return deadlineNs;
    }

    @Override
    public void onTimeout(long atNs) {
        nowNs = atNs;
        endpoint.onTimeout(atNs);
        sessions.values().forEach(session -> session.onTimeout(atNs));
        for (PeerConnection connection : List.copyOf(connections)) {
            connection.puncher().onTimeout(atNs);
        }
    }

    // ---- local addresses

    @Override
    public void onEcnUsable(InetSocketAddress local) {
        endpoint.onEcnUsable(local);
    }

    @Override
    public void onLocalAddressUp(InetSocketAddress local, long atNs) {
        nowNs = atNs;
        if (!locals.contains(local)) {
            locals.add(local);
        }
        if (active == null) {
            goOnFrom(local, atNs);
        }
    }

    @Override
    public void onLocalAddressDown(InetSocketAddress local, long atNs) {
        nowNs = atNs;
        locals.remove(local);
        observed.remove(local);
        endpoint.onLocalAddressDown(local, atNs);
        connections.forEach(connection -> connection.onLocalGone(local));
        if (!local.equals(active)) {
            return;
        }
        active = null;
        if (locals.isEmpty()) {
            connections.forEach(PeerConnection::onOffline);
        } else {
            goOnFrom(locals.getLast(), atNs);
        }
    }

    private void goOnFrom(InetSocketAddress local, long atNs) {
        active = local;
        // The relay must know the new address before anything that peers answer there.
        for (RelaySession session : sessions.values()) {
            if (session.local() == null) {
                session.connect(endpoint, local, atNs);
            } else {
                session.moveTo(local, atNs);
            }
        }
        for (PeerConnection connection : List.copyOf(connections)) {
            connection.onMoved(local, atNs);
        }
        sessions.values().forEach(session -> notifyPeers(session, atNs));
    }

    private void notifyPeers(RelaySession session, long atNs) {
        List<PeerId> peers =
                connections.stream()
                        .filter(
                                connection ->
                                        connection.session() == session
                                                && connection.peer() != null)
                        .map(PeerConnection::peer)
                        .distinct()
                        .toList();
        if (!peers.isEmpty() && session.isUp()) {
            session.notifyMoved(peers, atNs);
        }
    }

    // ---- connections through the relay

    private ConnectionId handshakeId(InetSocketAddress remote) {
        RelaySession session = sessions.get(remote);
        // The control connection itself begins before there are routable IDs, and needs none.
        ConnectionId routable = session == null || !session.isUp() ? null : session.takeId();
        return routable == null ? SelfDescribingId.mintDirect(random) : routable;
    }

    private Acceptor.Accepted accept(
            InetSocketAddress local,
            InetSocketAddress remote,
            ConnectionId destinationId,
            long atNs) {
        RelaySession session = sessions.get(remote);
        if (session == null || listenSecret == null || !announced.take(destinationId, atNs)) {
            return null;
        }
        PeerConnection connection =
                new PeerConnection(this, session, false, null, listenSecret, new PeerListener() {});
        connection.listener(onAccepted.apply(connection));
        connections.add(connection);
        return new Acceptor.Accepted(config(session, true, PeerVerifiers.anyPeer()), connection);
    }

    private ConnectionConfig config(RelaySession session, boolean server, PeerVerifier verifier) {
        TlsConfig tls =
                server
                        ? TlsConfig.mutualServer(tlsRandom, identity, verifier, PROTOCOL)
                        : TlsConfig.client(tlsRandom, identity, verifier, PROTOCOL);
        // The post-quantum hybrid makes a ClientHello of two datagrams, and costs a fresh JVM 30 to
        // 90 ms: peers count the milliseconds to their first byte.
        TlsConfig classic = tls.with().groups(NamedGroup.CLASSIC).build();
        return ConnectionConfig.of(classic)
                .withMobility(List.of(session.relayAddress()))
                .withIdleTimeout(PEER_IDLE_TIMEOUT_NS)
                .withKeepAlive(PEER_KEEP_ALIVE_NS);
    }

    private void connectThrough(
            RelaySession session, PeerConnection connection, ConnectionId id, long atNs) {
        connection.connected(
                endpoint.connect(
                        config(session, false, PeerVerifiers.exactly(connection.peer())),
                        session.local(),
                        session.relayAddress(),
                        id,
                        connection,
                        atNs));
    }

    /** What a relay session reports, for the node first and then for whoever joined. */
    private final class SessionEvents implements RelaySessionListener {
        private final InetSocketAddress relay;
        private final RelaySessionListener application;

        SessionEvents(InetSocketAddress relay, RelaySessionListener application) {
            this.relay = relay;
            this.application = application;
        }

        @Override
        public void onUp(long atNs) {
            application.onUp(atNs);
        }

        @Override
        public void onDown(String reason, long atNs) {
            application.onDown(reason, atNs);
        }

        @Override
        public void onIdsAvailable(long atNs) {
            connections.forEach(PeerConnection::replenishIds);
            application.onIdsAvailable(atNs);
        }

        @Override
        public void onObservedAddress(
                InetSocketAddress local, InetSocketAddress address, long atNs) {
            observed.put(local, address);
            for (PeerConnection connection : List.copyOf(connections)) {
                if (connection.session() == sessions.get(relay)) {
                    connection.onObserved(local, address, atNs);
                }
            }
            application.onObservedAddress(local, address, atNs);
        }

        @Override
        public void onIncoming(PeerId dialler, ConnectionId id, long atNs) {
            announced.add(id, atNs);
            application.onIncoming(dialler, id, atNs);
        }

        @Override
        public void onDialled(PeerId target, List<ConnectionId> ids, long atNs) {
            for (PeerConnection connection : List.copyOf(connections)) {
                if (connection.awaitsDialled(target) && !ids.isEmpty()) {
                    connectThrough(sessions.get(relay), connection, ids.getFirst(), atNs);
                    return;
                }
            }
        }

        @Override
        public void onDialFailed(PeerId target, String text, long atNs) {
            for (PeerConnection connection : List.copyOf(connections)) {
                if (connection.awaitsDialled(target)) {
                    connection.fail(text, atNs);
                }
            }
        }

        @Override
        public void onPeerMoved(PeerId moved, long atNs) {
            for (PeerConnection connection : List.copyOf(connections)) {
                if (moved.equals(connection.peer())) {
                    connection.onPeerMoved();
                }
            }
        }
    }
}
