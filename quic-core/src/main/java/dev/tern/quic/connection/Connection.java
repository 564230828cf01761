package dev.tern.quic.connection;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.crypto.tls.TlsEngine;
import dev.tern.quic.cid.LocalConnectionIds;
import dev.tern.quic.cid.PeerConnectionIds;
import dev.tern.quic.flow.BufferTuning;
import dev.tern.quic.handshake.Handshake;
import dev.tern.quic.handshake.HandshakeListener;
import dev.tern.quic.handshake.VersionChoice;
import dev.tern.quic.observe.ConnectionObserver;
import dev.tern.quic.path.Path;
import dev.tern.quic.path.PathCounters;
import dev.tern.quic.path.PathSwitching;
import dev.tern.quic.path.Paths;
import dev.tern.quic.path.SwitchReason;
import dev.tern.quic.stream.SegmentPool;
import dev.tern.quic.stream.Stream;
import dev.tern.quic.stream.StreamLimits;
import dev.tern.quic.stream.StreamTable;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.PreferredAddress;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;
import dev.tern.quic.wire.TransportParameters;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;

/**
 * One QUIC connection (RFC 9000), client or server: datagrams and the time in, datagrams and the
 * next deadline out. A facade: it wires its parts together and owns no protocol of its own.
 *
 * <p>All methods belong to the agent's thread, but for what {@link Stream}'s halves say of
 * themselves.
 */
public final class Connection {
    /** Fills a path of 100 Mbit/s and 80 ms; what an application writes ahead of the network. */
    private static final int SEND_BUFFER_BYTES = 1 << 20;

    private static final int POOLED_BYTES = 1 << 20;
    private static final int LINGER_PTOS = 3;
    private static final int PROBES = 2;
    private static final long HANDSHAKE_TIMEOUT_NS = 10_000_000_000L;

    private final boolean client;
    private final ConnectionConfig config;
    private final ConnectionSetup setup;
    private final ConnectionId originalId;
    private final ParameterExchange parameters;
    private final Handshake handshake;
    private final StreamTable streams;
    private final PeerConnectionIds peerIds;
    private final LocalConnectionIds localIds;
    private final Paths paths;
    private final PathSwitching switching;
    private final AddressExchange addresses = new AddressExchange();
    private final PreferredAddressMove preferredMove = new PreferredAddressMove();
    private final HandshakeDoneSource handshakeDone = new HandshakeDoneSource();
    private final DatagramSource datagrams;
    private final NewTokenSource newToken = new NewTokenSource();
    private final AddressTokenExchange addressTokens;
    private final ConnectionObserver observer;
    private final Closing closing = new Closing();
    private final IdleTimer idle;
    private final PacketReceiver receiver;
    private final FrameDispatcher dispatcher;
    private final DatagramBuilder builder;
    private final ConnectionTimers timers;
    private ConnectionListener listener;
    private boolean closedTold;
    private ConnectionId retrySourceId;
    private TransportParameters remembered;
    private boolean migrationForbidden;
    private boolean observedWanted;
    private long observedSequence;
    private long nowNs;

    Connection(ConnectionSetup setup, long nowNs) {
        this.client = setup.client();
        this.config = setup.config();
        this.listener = setup.listener();
        this.originalId = setup.originalId();
        this.addressTokens = setup.addressTokens();
        this.nowNs = nowNs;
        ListenerNews news = new ListenerNews(this, setup.waker());
        InetSocketAddress remote = setup.remote();
        parameters = new ParameterExchange(client, config);
        datagrams = new DatagramSource(config.maxDatagramBytes());
        peerIds =
                new PeerConnectionIds(
                        ConnectionConfig.ACTIVE_CONNECTION_ID_LIMIT, setup.resetTokens());
        observer = config.observers().observe(client, originalId, nowNs);
        paths = new Paths(peerIds, config.congestion());
        paths.observer(observer);
        config.relays().forEach(paths::addRelay);
        localIds =
                new LocalConnectionIds(
                        setup.registry(), setup.random(), setup.sourceId(), paths.relayAt(remote));
        ConnectionId firstDestination = client ? originalId : setup.peerSourceId();
        Path first =
                paths.addFirst(
                        setup.local(),
                        remote,
                        peerIds.handshakeId(firstDestination, paths.relayAt(remote), null),
                        nowNs);
        switching = new PathSwitching(paths, first, client);
        streams =
                new StreamTable(
                        !client,
                        parameters.limits(),
                        new BufferTuning(
                                config.maxStreamWindowBytes(),
                                config.maxWindowBytes(),
                                SEND_BUFFER_BYTES,
                                config.maxSendBufferBytes()),
                        new SegmentPool(POOLED_BYTES),
                        news);
        VersionChoice versions =
                new VersionChoice(
                        client,
                        config.versions(),
                        client ? config.firstVersion() : setup.version());
        this.setup = setup;
        handshake =
                new Handshake(
                        client,
                        config.tls(),
                        versions,
                        ownParameters(setup, versions),
                        ConnectionConfig.MAX_ACK_DELAY_NS,
                        ConnectionConfig.ACK_DELAY_EXPONENT,
                        new HandshakeEvents());
        handshake.space(EncryptionLevel.ONE_RTT).skipNumbers(setup.random());
        dispatcher =
                new FrameDispatcher(
                        client, handshake, streams, paths, switching, localIds, peerIds, datagrams,
                        news);
        receiver =
                new PacketReceiver(
                        client,
                        handshake,
                        dispatcher,
                        paths,
                        switching,
                        localIds,
                        setup.peerSourceId(),
                        client
                                ? new ClientFirstFlight(
                                        originalId, versions.original(), new FirstFlightAnswers())
                                : null,
                        observer);
        builder =
                new DatagramBuilder(
                        client,
                        handshake,
                        paths,
                        switching,
                        closing,
                        new ApplicationFrames(
                                new ControlFrames(
                                        handshakeDone,
                                        newToken,
                                        streams.controlSource(),
                                        peerIds,
                                        localIds,
                                        addresses,
                                        datagrams),
                                streams.dataSource()),
                        setup.sourceId(),
                        setup.token(),
                        setup.random(),
                        observer);
        idle = new IdleTimer(HANDSHAKE_TIMEOUT_NS, nowNs);
        timers =
                new ConnectionTimers(
                        client,
                        handshake,
                        paths,
                        switching,
                        idle,
                        closing,
                        builder,
                        config.keepAliveNs());
        if (client || setup.addressProven()) {
            first.trust();
        }
        paths.listener(news);
        observer.onPath(setup.local(), remote, nowNs);
        handshake.start(setup.firstId(), client ? config.usableSession() : null);
    }

    private byte[] ownParameters(ConnectionSetup from, VersionChoice versions) {
        byte[] encoded =
                parameters.encode(
                        from.sourceId(),
                        originalId,
                        from.firstId().equals(originalId) ? null : from.firstId(),
                        client ? null : from.registry().resetToken(from.sourceId()),
                        versions.own(),
                        preferredAddress(from));
        observer.onParameters(true, TransportParameters.decode(encoded, !client), nowNs);
        return encoded;
    }

    private PreferredAddress preferredAddress(ConnectionSetup from) {
        if (client || !config.prefersAddress()) {
            return null;
        }
        ConnectionId id = localIds.forPreferredAddress();
        return new PreferredAddress(
                config.preferredIpv4(), config.preferredIpv6(), id, from.registry().resetToken(id));
    }

    // ---- datagrams and time

    /**
     * A datagram for this connection arrived; its bytes are unprotected in place.
     *
     * @param ecn the two ECN bits of the IP header, 0 where unknown
     */
    public void onDatagram(
            InetSocketAddress local,
            InetSocketAddress remote,
            int ecn,
            byte[] buffer,
            int offset,
            int length,
            long atNs) {
        nowNs = atNs;
        if (!closing.isOpen()) {
            closing.onPacketWhileClosing();
            return;
        }
        long nowReset = resetTokenOffset(offset, length);
        boolean maybeReset = nowReset >= 0 && peerIds.isResetToken(buffer, (int) nowReset);
        try {
            Path current = switching.current();
            boolean silent = current.loss().ptoCount() > 0;
            if (receiver.receive(local, remote, ecn, buffer, offset, length, atNs)) {
                idle.onReceived(atNs);
                streams.tuning()
                        .onPath(atNs, current.rtt().smoothedNs(), current.loss().bytesInFlight());
                if (silent) {
                    current.loss()
                            .resetBackoff(); // the peer is alive: the next probe is not to wait
                    // long
                }
                adoptPeerHandshakeId();
            } else if (maybeReset) {
                closing.drain(
                        new CloseReason(
                                CloseReason.Cause.STATELESS_RESET, false, 0, "stateless reset"),
                        lingerNs(),
                        atNs);
            }
        } catch (TransportException e) {
            closeWith(
                    new CloseReason(CloseReason.Cause.LOCAL, false, e.code(), e.getMessage()),
                    atNs);
        }
        tellIfClosed();
    }

    private static long resetTokenOffset(int offset, int length) {
        return length < 21 ? -1 : offset + length - 16L;
    }

    private void adoptPeerHandshakeId() {
        if (client && paths.count() > 0 && !handshake.isComplete()) {
            ConnectionId chosen = receiver.peerHandshakeId();
            Path first = switching.current();
            if (chosen != null
                    && first.destinationId().resetToken() == null
                    && !first.destinationId().id().equals(chosen)) {
                paths.replaceFirstId(
                        peerIds.handshakeId(chosen, paths.relayAt(first.remote()), null));
            }
        }
    }

    /** Fills in the next datagram; returns whether there was one. */
    public boolean pollTransmit(Transmit transmit, long atNs) {
        nowNs = atNs;
        int length = builder.build(transmit.buffer(), atNs);
        if (length == 0) {
            return false;
        }
        Path path = builder.builtOn();
        transmit.set(path.local(), path.remote(), length, builder.builtEcn());
        timers.onSent(path, atNs);
        return true;
    }

    /** When {@link #onTimeout} wants to be called, or {@link Long#MAX_VALUE}. */
    public long nextDeadlineNs() {
        return timers.nextDeadlineNs(nowNs);
    }

    /** The deadline has passed. */
    public void onTimeout(long atNs) {
        nowNs = atNs;
        if (!closing.isOpen()) {
            closing.onTimeout(atNs);
            return;
        }
        if (idle.expired(atNs)) {
            closing.closeSilently(
                    new CloseReason(CloseReason.Cause.IDLE, false, 0, "idle timeout"));
            tellIfClosed();
            return;
        }
        paths.onTimeout(switching.current(), atNs);
        int count = timers.onTimeout(PROBES, atNs);
        if (count > 0) {
            listener.onProbeTimeout(this, count, atNs);
        }
    }

    // ---- the application

    /** The streams of this connection. */
    public StreamTable streams() {
        return streams;
    }

    /** Sets who hears of what happens; at the acceptor before the first datagram is handed in. */
    public void listener(ConnectionListener newListener) {
        listener = newListener;
    }

    /**
     * Sends a message once, in a DATAGRAM frame (RFC 9221); where many wait the oldest gives way.
     *
     * @return false if it is longer than {@link #maxDatagramBytes}
     */
    public boolean sendDatagram(byte[] message) {
        return datagrams.send(message);
    }

    /** The longest message that {@link #sendDatagram} takes now; 0 if the peer wants none. */
    public int maxDatagramBytes() {
        return datagrams.maxPayloadBytes();
    }

    /** How many messages gave way to newer ones before they were sent. */
    public long droppedDatagrams() {
        return datagrams.dropped();
    }

    /** TLS: the exporter, the peer's certificate, the protocol agreed on. */
    public TlsEngine tls() {
        return handshake.tls();
    }

    /** The time that the connection was told last: within a listener's call, now. */
    public long nowNs() {
        return nowNs;
    }

    /** Whether this side opened the connection. */
    public boolean isDialler() {
        return client;
    }

    /** The version of QUIC that is spoken (RFC 9368). */
    public int version() {
        return handshake.version().current();
    }

    /** Whether the session of an earlier connection goes on. */
    public boolean isResumed() {
        return handshake.tls().isResumed();
    }

    /** At a client: whether data may be sent before the server has answered (0-RTT). */
    public boolean sendsEarlyData() {
        return remembered != null;
    }

    /** Whether the server read what was sent before it had answered (0-RTT). */
    public boolean isEarlyDataAccepted() {
        return handshake.tls().isEarlyDataAccepted();
    }

    /** Changes the keys that protect the connection's data (RFC 9001 §6). */
    public void updateKeys() {
        handshake.keyUpdates().request();
    }

    /** How often the keys have changed, by the wish of either side. */
    public int keyUpdates() {
        return handshake.keyUpdates().count();
    }

    /** Whether the peer is authenticated. */
    public boolean isEstablished() {
        return handshake.isComplete() && closing.isOpen();
    }

    /** Whether both sides may migrate by Tern's extension. */
    public boolean isMobile() {
        return switching.isEnabled();
    }

    /**
     * Whether this side may send from another address than that of the handshake: a client, unless
     * the server forbade it (RFC 9000 §9, §18.2), and both by Tern's extension.
     */
    public boolean mayMigrate() {
        return isMobile() || (client && !migrationForbidden);
    }

    /** At a server: turns a client away before its first packet is looked at. */
    public void refuse(long errorCode, String message, long atNs) {
        closeWith(new CloseReason(CloseReason.Cause.LOCAL, false, errorCode, message), atNs);
        tellIfClosed();
    }

    /** Ends the connection with the application's error code (RFC 9000 §10.2). */
    public void close(long errorCode, String message, long atNs) {
        closeWith(new CloseReason(CloseReason.Cause.LOCAL, true, errorCode, message), atNs);
        tellIfClosed();
    }

    /** Whether nothing of the connection is left, not even the wish to answer late packets. */
    public boolean isClosed() {
        return closing.state() == Closing.State.CLOSED;
    }

    /** Why it ended; null while it has not. */
    public CloseReason closeReason() {
        return closing.reason();
    }

    /** Withdraws the connection's IDs from the endpoint; it is not used again. */
    public void release() {
        localIds.unregisterAll();
        peerIds.disuseAll();
        handshake.destroy();
        listener.onReleased(this);
    }

    // ---- paths

    /** The path that carries the data. */
    public Path currentPath() {
        return switching.current();
    }

    /** Every path known. */
    public List<Path> paths() {
        return paths.all();
    }

    /** What all paths have carried, those that are forgotten, too. */
    public PathCounters traffic() {
        return paths.traffic();
    }

    /** Offers addresses and asks to be punched. */
    public AddressExchange addresses() {
        return addresses;
    }

    /**
     * Sends challenges from {@code local} to {@code remote}, adding the path if it is new.
     *
     * @param intervalNs from the first to the second; later ones come further apart
     * @return whether an ID was left for it
     */
    public boolean probe(
            InetSocketAddress local,
            InetSocketAddress remote,
            long intervalNs,
            long durationNs,
            long atNs) {
        return handshake.isConfirmed()
                && paths.probe(local, remote, intervalNs, durationNs, switching.current(), atNs)
                        != null;
    }

    /** Sends by another path from now on, and tells the peer to do the same. */
    public void switchTo(Path path, SwitchReason reason, long atNs) {
        handshake.space(EncryptionLevel.ONE_RTT).acks().acknowledgeNow();
        switching.switchTo(path, reason, atNs);
    }

    /**
     * Sends by another, validated path from now on, and sees to it that the peer notices though
     * there be nothing else to send.
     */
    public void useNow(Path path, long atNs) {
        switchTo(path, SwitchReason.BETTER, atNs);
        path.ping();
    }

    /**
     * This side's address is now {@code local}: carries on from there at once with what was in
     * flight, towards {@code remote}.
     *
     * @return whether the connection could be moved; not before the handshake is confirmed, nor
     *     without an unused ID of the peer's
     */
    public boolean moveTo(
            InetSocketAddress local, InetSocketAddress remote, SwitchReason reason, long atNs) {
        if (!handshake.isConfirmed() || !closing.isOpen()) {
            return false;
        }
        Path path = paths.find(local, remote);
        if (path == null) {
            path = paths.add(local, remote, true, switching.current(), atNs);
        }
        if (path == null || (path.isAbandoned() && !paths.revive(path, true, atNs))) {
            return false;
        }
        switchTo(path, reason, atNs);
        return true;
    }

    /** The addresses whose transports carry ECN marks, now and later. */
    public void ecnUsableAt(Set<InetSocketAddress> locals) {
        paths.ecnUsableAt(locals);
    }

    /** Nothing leaves from that local address any more. */
    public void onLocalAddressDown(InetSocketAddress local, long atNs) {
        nowNs = atNs;
        paths.abandonFrom(local, atNs);
    }

    /**
     * Hands in a routable ID for the peer to use through that relay; returns whether there was
     * room.
     */
    public boolean offerRoutableId(ConnectionId id, InetSocketAddress relay) {
        return localIds.offerRoutable(id, relay);
    }

    /** How many more routable IDs the peer should have. */
    public int routableIdsWanted(InetSocketAddress relay) {
        return switching.isEnabled() ? localIds.routableWanted(relay) : 0;
    }

    // ---- inside

    private void closeWith(CloseReason reason, long atNs) {
        if (closing.isOpen()) {
            closing.close(reason, lingerNs(), atNs);
        }
    }

    private long lingerNs() {
        return LINGER_PTOS * switching.current().rtt().ptoNs(ConnectionConfig.MAX_ACK_DELAY_NS);
    }

    private void tellIfClosed() {
        if (!closing.isOpen() && !closedTold) {
            closedTold = true;
            CloseReason reason = closing.reason();
            observer.onClosed(
                    reason.cause() == CloseReason.Cause.PEER,
                    reason.application(),
                    reason.code(),
                    reason.message(),
                    nowNs);
            listener.onClosed(this, reason, nowNs);
        }
    }

    private void onPeerParameters(byte[] encoded) {
        TransportParameters peer =
                parameters.verify(encoded, receiver.peerHandshakeId(), originalId, retrySourceId);
        observer.onParameters(false, peer, nowNs);
        handshake.onPeerVersions(peer.versionInformation());
        if (!client) {
            handshake.tls().transportParameters(ownParameters(setup, handshake.version()));
        }
        adoptPeerHandshakeId();
        StreamLimits limits = ParameterExchange.limitsOf(peer);
        if (remembered != null && !ParameterExchange.allows(limits, remembered)) {
            throw new TransportException(
                    isEarlyDataAccepted()
                            ? TransportError.PROTOCOL_VIOLATION
                            : TransportError.INTERNAL_ERROR,
                    "the server grants less than in the session that 0-RTT packets went on with");
        }
        streams.onPeerLimits(limits);
        datagrams.onPeerLimit(peer.maxDatagramFrameSize());
        dispatcher.peerAckDelayExponent(peer.ackDelayExponent());
        paths.maxAckDelay(peer.maxAckDelayMs() * 1_000_000L);
        paths.maxDatagramBytes(
                (int) Math.min(config.maxUdpPayloadBytes(), peer.maxUdpPayloadSize()));
        idle.period(parameters.idleTimeoutNs(peer), nowNs);
        observedWanted = peer.addressDiscovery() >= 1;
        if (config.mobile() && peer.ternExtensions()) {
            switching.enable();
        }
        peerLimit = peer.activeConnectionIdLimit();
        migrationForbidden = peer.disableActiveMigration();
        if (client && peer.preferredAddress() != null) {
            PreferredAddress preferred = peer.preferredAddress();
            peerIds.onIssued(null, 1, 0, preferred.connectionId(), preferred.statelessResetToken());
            preferredMove.onParameters(preferred, switching.current());
        }
        if (client && peer.statelessResetToken() != null) {
            ConnectionId id = receiver.peerHandshakeId();
            InetSocketAddress relay = paths.relayAt(switching.current().remote());
            paths.replaceFirstId(peerIds.handshakeId(id, relay, peer.statelessResetToken()));
        }
    }

    private long peerLimit;

    void onPathAdded(Path path) {
        reportObserved(path);
    }

    void onPathValidated(Path path, long atNs) {
        preferredMove.onPathValidated(this, path, atNs);
    }

    void onPathFailed(Path path, long atNs) {
        if (path == switching.current()) {
            switching.onCurrentFailed(atNs);
        }
    }

    void onPeerClose(boolean application, long errorCode, String reason, long atNs) {
        closing.drain(
                new CloseReason(CloseReason.Cause.PEER, application, errorCode, reason),
                lingerNs(),
                atNs);
    }

    void onNewToken(byte[] token) {
        addressTokens.keep(switching.current().remote(), token);
    }

    void onPathSwitched(Path to, long atNs) {
        observer.onPath(to.local(), to.remote(), atNs);
    }

    ConnectionListener listener() {
        return listener;
    }

    private void reportObserved(Path path) {
        if (observedWanted) {
            paths.reportObserved(path, observedSequence++);
        }
    }

    /** The server will not be called like this. */
    private final class FirstFlightAnswers implements ClientFirstFlight.Listener {
        @Override
        public void onRetry(ConnectionId newId, byte[] token) {
            retrySourceId = newId;
            Path first = switching.current();
            paths.replaceFirstId(peerIds.handshakeId(newId, paths.relayAt(first.remote()), null));
            first.loss().declareAllLost();
            handshake.restart(newId);
            builder.token(token);
        }

        @Override
        public void onVersionRefused() {
            closing.closeSilently(
                    new CloseReason(
                            CloseReason.Cause.VERSION_REFUSED,
                            false,
                            0,
                            "the server does not speak this version of QUIC"));
        }
    }

    private final class HandshakeEvents implements HandshakeListener {
        @Override
        public void onEarlyDataPossible() {
            remembered = config.rememberedParameters();
            streams.onPeerLimits(ParameterExchange.limitsOf(remembered));
            datagrams.onPeerLimit(remembered.maxDatagramFrameSize());
        }

        @Override
        public void onEarlyDataRejected() {
            switching.current().loss().declareLost(EncryptionLevel.ONE_RTT);
        }

        @Override
        public boolean acceptEarlyData(byte[] rememberedParameters) {
            return parameters.grantsStill(rememberedParameters);
        }

        @Override
        public void onSessionTicket(SessionTicket ticket) {
            listener.onSessionTicket(Connection.this, ticket, nowNs);
        }

        @Override
        public void onPeerTransportParameters(byte[] encoded) {
            onPeerParameters(encoded);
        }

        @Override
        public void onHandshakeComplete() {
            localIds.onPeerLimit(peerLimit);
            reportObserved(switching.current());
            observer.onHandshake(false, nowNs);
            listener.onHandshakeComplete(Connection.this, nowNs);
        }

        @Override
        public void onHandshakeConfirmed() {
            if (!client) {
                handshakeDone.send();
                Path path = switching.current();
                if (!path.isRelayed()) {
                    newToken.send(addressTokens.issue(path.remote(), nowNs));
                }
            }
            switching.current().trust();
            preferredMove.onConfirmed(Connection.this, nowNs);
            observer.onHandshake(true, nowNs);
            listener.onHandshakeConfirmed(Connection.this, nowNs);
        }

        @Override
        public void onKeysDiscarded(EncryptionLevel level) {
            for (int i = 0; i < paths.count(); i++) {
                paths.at(i).loss().discardSpace(level);
            }
            builder.probe(level, 0);
            observer.onKeysDiscarded(level, nowNs);
        }
    }
}
