package dev.tern.quic.connection;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.tls.TlsEngine;
import dev.tern.quic.path.IcmpError;
import dev.tern.quic.path.Path;
import dev.tern.quic.path.PathCounters;
import dev.tern.quic.path.SwitchReason;
import dev.tern.quic.stream.Stream;
import dev.tern.quic.stream.StreamTable;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.QuotedHeader;
import dev.tern.quic.wire.TransportException;

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
    private static final int LINGER_PTOS = 3;
    private static final int PROBES = 2;

    private final Establishment establishment;
    private final ConnectionParts parts;
    private final IcmpHints icmpHints;
    private ConnectionListener listener;
    private boolean closedTold;
    private long nowNs;

    Connection(ConnectionSetup setup, long nowNs) {
        this.listener = setup.listener();
        this.nowNs = nowNs;
        ListenerNews news = new ListenerNews(this, setup.waker());
        establishment = new Establishment(setup, news);
        parts = new ConnectionParts(setup, news, establishment, nowNs);
        icmpHints = new IcmpHints(parts.client, parts.receiver, parts.switching, news);
        establishment.begin(parts);
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
        if (!parts.closing.isOpen()) {
            parts.closing.onPacketWhileClosing();
            return;
        }
        long nowReset = resetTokenOffset(offset, length);
        boolean maybeReset = nowReset >= 0 && parts.peerIds.isResetToken(buffer, (int) nowReset);
        try {
            Path current = parts.switching.current();
            boolean silent = current.loss().ptoCount() > 0;
            if (parts.receiver.receive(local, remote, ecn, buffer, offset, length, atNs)) {
                parts.idle.onReceived(parts.ptoNs(), atNs);
                parts.streams
                        .tuning()
                        .onPath(
                                atNs,
                                current.rtt().smoothedNs(),
                                current.rtt().minNs(),
                                current.loss().bytesInFlight());
                if (silent) {
                    // The peer is alive: the next probe is not to wait long.
                    current.loss().resetBackoff();
                }
                establishment.adoptPeerHandshakeId();
            } else if (maybeReset) {
                parts.closing.drain(
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

    /**
     * The network says that a datagram from here to there did not arrive. Anybody can make that up:
     * it counts only if it quotes the connection IDs, and never ends a connection whose peer has
     * been heard.
     *
     * @return whether the datagram was this connection's
     */
    public boolean onIcmpError(
            InetSocketAddress local,
            InetSocketAddress remote,
            IcmpError error,
            QuotedHeader quoted,
            long atNs) {
        Path path = parts.paths.find(local, remote);
        if (!parts.closing.isOpen() || path == null || !path.sendsTo(quoted)) {
            return false;
        }
        nowNs = atNs;
        if (icmpHints.refuses(path, error, atNs)) {
            parts.closing.closeSilently(
                    new CloseReason(
                            CloseReason.Cause.UNREACHABLE, false, 0, error.sentence(remote)));
            tellIfClosed();
        }
        return true;
    }

    /** Fills in the next datagram, or a train of them; returns whether there was one. */
    public boolean pollTransmit(Transmit transmit, long atNs) {
        nowNs = atNs;
        int length = parts.builder.build(transmit, atNs);
        if (length == 0) {
            return false;
        }
        Path path = parts.builder.builtOn();
        transmit.setTrain(
                path.local(),
                path.remote(),
                length,
                parts.builder.datagramBytes(),
                parts.builder.builtEcn());
        parts.timers.onSent(path, atNs);
        return true;
    }

    /** When {@link #onTimeout} wants to be called, or {@link Long#MAX_VALUE}. */
    public long nextDeadlineNs() {
        return parts.timers.nextDeadlineNs(nowNs);
    }

    /** The deadline has passed. */
    public void onTimeout(long atNs) {
        nowNs = atNs;
        if (!parts.closing.isOpen()) {
            parts.closing.onTimeout(atNs);
            return;
        }
        if (parts.idle.expired(atNs) || parts.timers.handshakeExpired(atNs)) {
            parts.closing.closeSilently(
                    new CloseReason(CloseReason.Cause.IDLE, false, 0, "idle timeout"));
            tellIfClosed();
            return;
        }
        parts.paths.onTimeout(parts.switching.current(), atNs);
        int count = parts.timers.onTimeout(PROBES, atNs);
        if (count > 0) {
            listener.onProbeTimeout(this, count, atNs);
        }
    }

    // ---- the application

    /** The streams of this connection. */
    public StreamTable streams() {
        return parts.streams;
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
        return parts.datagrams.send(message);
    }

    /** The longest message that {@link #sendDatagram} takes now; 0 if the peer wants none. */
    public int maxDatagramBytes() {
        return parts.datagrams.maxPayloadBytes();
    }

    /** How many messages gave way to newer ones before they were sent. */
    public long droppedDatagrams() {
        return parts.datagrams.dropped();
    }

    /** TLS: the exporter, the peer's certificate, the protocol agreed on. */
    public TlsEngine tls() {
        return parts.handshake.tls();
    }

    /** The time that the connection was told last: within a listener's call, now. */
    public long nowNs() {
        return nowNs;
    }

    /** Whether this side opened the connection. */
    public boolean isDialler() {
        return parts.client;
    }

    /** The version of QUIC that is spoken (RFC 9368). */
    public int version() {
        return parts.handshake.version().current();
    }

    /** Whether the session of an earlier connection goes on. */
    public boolean isResumed() {
        return parts.handshake.tls().isResumed();
    }

    /** At a client: whether data may be sent before the server has answered (0-RTT). */
    public boolean sendsEarlyData() {
        return establishment.sendsEarlyData();
    }

    /** At a server: whether the ClientHello is not there yet, or not the whole of it. */
    public boolean awaitsClientHello() {
        return !parts.client
                && parts.closing.isOpen()
                && !parts.handshake.space(EncryptionLevel.HANDSHAKE).canSeal()
                && !parts.handshake.isComplete();
    }

    /** Whether the server read what was sent before it had answered (0-RTT). */
    public boolean isEarlyDataAccepted() {
        return parts.handshake.tls().isEarlyDataAccepted();
    }

    /** Changes the keys that protect the connection's data (RFC 9001 §6). */
    public void updateKeys() {
        parts.handshake.keyUpdates().request();
    }

    /** How often the keys have changed, by the wish of either side. */
    public int keyUpdates() {
        return parts.handshake.keyUpdates().count();
    }

    /** Whether the peer is authenticated. */
    public boolean isEstablished() {
        return parts.handshake.isComplete() && parts.closing.isOpen();
    }

    /** Whether both sides may migrate by Tern's extension. */
    public boolean isMobile() {
        return parts.switching.isEnabled();
    }

    /**
     * Whether this side may send from another address than that of the handshake: a client, unless
     * the server forbade it (RFC 9000 §9, §18.2), and both by Tern's extension.
     */
    public boolean mayMigrate() {
        return isMobile() || (parts.client && !establishment.isMigrationForbidden());
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
        return parts.closing.state() == Closing.State.CLOSED;
    }

    /** Why it ended; null while it has not. */
    public CloseReason closeReason() {
        return parts.closing.reason();
    }

    /** Withdraws the connection's IDs from the endpoint; it is not used again. */
    public void release() {
        parts.localIds.unregisterAll();
        parts.peerIds.disuseAll();
        parts.handshake.destroy();
        listener.onReleased(this);
    }

    // ---- paths

    /** The path that carries the data. */
    public Path currentPath() {
        return parts.switching.current();
    }

    /** Every path known. */
    public List<Path> paths() {
        return parts.paths.all();
    }

    /** What all paths have carried, those that are forgotten, too. */
    public PathCounters traffic() {
        return parts.paths.traffic();
    }

    /** Offers addresses and asks to be punched. */
    public AddressExchange addresses() {
        return parts.addresses;
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
        return parts.handshake.isConfirmed()
                && parts.paths.probe(
                                local,
                                remote,
                                intervalNs,
                                durationNs,
                                parts.switching.current(),
                                atNs)
                        != null;
    }

    /** Sends by another path from now on, and tells the peer to do the same. */
    public void switchTo(Path path, SwitchReason reason, long atNs) {
        parts.handshake.space(EncryptionLevel.ONE_RTT).acks().acknowledgeNow();
        parts.switching.switchTo(path, reason, atNs);
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
        if (!parts.handshake.isConfirmed() || !parts.closing.isOpen()) {
            return false;
        }
        Path path = parts.paths.find(local, remote);
        if (path == null) {
            path = parts.paths.add(local, remote, true, parts.switching.current(), atNs);
        }
        if (path == null || (path.isAbandoned() && !parts.paths.revive(path, true, atNs))) {
            return false;
        }
        switchTo(path, reason, atNs);
        return true;
    }

    /** The addresses whose transports carry ECN marks, now and later. */
    public void ecnUsableAt(Set<InetSocketAddress> locals) {
        parts.paths.ecnUsableAt(locals);
    }

    /** Nothing leaves from that local address any more. */
    public void onLocalAddressDown(InetSocketAddress local, long atNs) {
        nowNs = atNs;
        parts.paths.abandonFrom(local, atNs);
    }

    /**
     * Hands in a routable ID for the peer to use through that relay; returns whether there was
     * room.
     */
    public boolean offerRoutableId(ConnectionId id, InetSocketAddress relay) {
        return parts.localIds.offerRoutable(id, relay);
    }

    /** How many more routable IDs the peer should have. */
    public int routableIdsWanted(InetSocketAddress relay) {
        return parts.switching.isEnabled() ? parts.localIds.routableWanted(relay) : 0;
    }

    // ---- inside

    private void closeWith(CloseReason reason, long atNs) {
        if (parts.closing.isOpen()) {
            parts.closing.close(reason, lingerNs(), atNs);
        }
    }

    private long lingerNs() {
        return LINGER_PTOS * parts.ptoNs();
    }

    private void tellIfClosed() {
        if (!parts.closing.isOpen() && !closedTold) {
            closedTold = true;
            CloseReason reason = parts.closing.reason();
            parts.observer.onClosed(
                    reason.cause() == CloseReason.Cause.PEER,
                    reason.application(),
                    reason.code(),
                    reason.message(),
                    nowNs);
            listener.onClosed(this, reason, nowNs);
        }
    }

    void onPathAdded(Path path) {
        establishment.reportObserved(path);
    }

    void onPathValidated(Path path, long atNs) {
        parts.preferredMove.onPathValidated(this, path, atNs);
    }

    void onPathFailed(Path path, long atNs) {
        if (path == parts.switching.current()) {
            parts.switching.onCurrentFailed(atNs);
        }
    }

    void onPeerClose(boolean application, long errorCode, String reason, long atNs) {
        parts.closing.drain(
                new CloseReason(CloseReason.Cause.PEER, application, errorCode, reason),
                lingerNs(),
                atNs);
    }

    void onNewToken(byte[] token) {
        parts.setup.addressTokens().keep(parts.switching.current().remote(), version(), token);
    }

    void onPathSwitched(Path to, long atNs) {
        parts.observer.onPath(to.local(), to.remote(), atNs);
    }

    ConnectionListener listener() {
        return listener;
    }

    void onHandshakeConfirmed() {
        parts.preferredMove.onConfirmed(this, nowNs);
    }
}
