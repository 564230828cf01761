package dev.tern.quic.connection;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.quic.handshake.HandshakeListener;
import dev.tern.quic.path.Path;
import dev.tern.quic.stream.StreamLimits;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.PreferredAddress;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;
import dev.tern.quic.wire.TransportParameters;
import dev.tern.quic.wire.Versions;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * The first part of a connection's life: adopts the peer's transport parameters and connection ID,
 * follows a Retry, decides on early data, and passes on how far the handshake is (RFC 9000 §7, RFC
 * 9001 §4). Owned by one agent; not thread-safe.
 */
final class Establishment implements HandshakeListener, ClientFirstFlight.Listener {
    /** What a client calls a server whose ID it does not know yet (RFC 9000 §7.2). */
    private static final int FIRST_DESTINATION_ID_BYTES = 8;

    private static final byte[] NO_TOKEN = {};

    private final ConnectionSetup setup;
    private final ListenerNews news;
    private ConnectionParts parts;
    private ConnectionId originalId;
    private ConnectionId retrySourceId;
    private TransportParameters remembered;
    private boolean migrationForbidden;
    private boolean observedWanted;
    private long observedSequence;
    private long peerLimit;

    Establishment(ConnectionSetup setup, ListenerNews news) {
        this.setup = setup;
        this.news = news;
        this.originalId = setup.originalId();
    }

    /** All parts are there: the handshake starts. */
    void begin(ConnectionParts wired) {
        parts = wired;
        parts.observer.onPath(setup.local(), setup.remote(), nowNs());
        parts.handshake.start(setup.firstId(), parts.client ? parts.config.usableSession() : null);
    }

    private long nowNs() {
        return news.nowNs();
    }

    /** At a client: whether data may be sent before the server has answered (0-RTT). */
    boolean sendsEarlyData() {
        return remembered != null;
    }

    /** Whether the server forbade its client to move (RFC 9000 §18.2). */
    boolean isMigrationForbidden() {
        return migrationForbidden;
    }

    /** Tells the peer how its address looks from here, if it wants to know. */
    void reportObserved(Path path) {
        if (observedWanted) {
            parts.paths.reportObserved(path, observedSequence++);
        }
    }

    private void adoptParameters(byte[] encoded) {
        TransportParameters peer =
                parts.parameters.verify(
                        encoded, parts.receiver.peerHandshakeId(), originalId, retrySourceId);
        parts.observer.onParameters(false, peer, nowNs());
        parts.handshake.onPeerVersions(peer.versionInformation());
        if (!parts.client) {
            parts.handshake
                    .tls()
                    .transportParameters(parts.ownParameters(parts.handshake.version(), nowNs()));
        }
        adoptPeerHandshakeId();
        StreamLimits limits = ParameterExchange.limitsOf(peer);
        if (remembered != null && !ParameterExchange.allows(limits, remembered)) {
            throw new TransportException(
                    parts.handshake.tls().isEarlyDataAccepted()
                            ? TransportError.PROTOCOL_VIOLATION
                            : TransportError.INTERNAL_ERROR,
                    "the server grants less than in the session that 0-RTT packets went on with");
        }
        parts.streams.onPeerLimits(limits);
        parts.datagrams.onPeerLimit(peer.maxDatagramFrameSize());
        parts.dispatcher.peerAckDelayExponent(peer.ackDelayExponent());
        parts.paths.maxAckDelay(peer.maxAckDelayMs() * 1_000_000L);
        parts.paths.maxDatagramBytes(
                (int) Math.min(parts.config.maxUdpPayloadBytes(), peer.maxUdpPayloadSize()));
        parts.idle.period(parts.parameters.idleTimeoutNs(peer), parts.ptoNs(), nowNs());
        observedWanted = peer.addressDiscovery() >= 1;
        if (parts.config.mobile() && peer.ternExtensions()) {
            parts.switching.enable();
        }
        peerLimit = peer.activeConnectionIdLimit();
        migrationForbidden = peer.disableActiveMigration();
        if (parts.client && peer.preferredAddress() != null) {
            PreferredAddress preferred = peer.preferredAddress();
            parts.peerIds.onIssued(
                    null, 1, 0, preferred.connectionId(), preferred.statelessResetToken());
            parts.preferredMove.onParameters(preferred, parts.switching.current());
        }
        if (parts.client && peer.statelessResetToken() != null) {
            ConnectionId id = parts.receiver.peerHandshakeId();
            InetSocketAddress relay = parts.paths.relayAt(parts.switching.current().remote());
            parts.paths.replaceFirstId(
                    parts.peerIds.handshakeId(id, relay, peer.statelessResetToken()));
        }
    }

    /** The server's first packet names the ID that it chose for itself (RFC 9000 §7.2). */
    void adoptPeerHandshakeId() {
        if (parts.client && parts.paths.count() > 0 && !parts.handshake.isComplete()) {
            ConnectionId chosen = parts.receiver.peerHandshakeId();
            Path first = parts.switching.current();
            if (chosen != null
                    && first.destinationId().resetToken() == null
                    && !first.destinationId().id().equals(chosen)) {
                parts.paths.replaceFirstId(
                        parts.peerIds.handshakeId(
                                chosen, parts.paths.relayAt(first.remote()), null));
            }
        }
    }

    @Override
    public void onRetry(ConnectionId newId, byte[] token) {
        retrySourceId = newId;
        Path first = parts.switching.current();
        parts.paths.replaceFirstId(
                parts.peerIds.handshakeId(newId, parts.paths.relayAt(first.remote()), null));
        first.loss().declareAllLost();
        parts.handshake.restart(newId);
        parts.builder.token(token);
    }

    @Override
    public void onVersionNegotiation(List<Integer> offered) {
        int next = parts.handshake.version().bestOf(offered);
        // What a relay forwards by is the ID that the target gave, which cannot be made anew.
        if (next != Versions.NEGOTIATION && !parts.switching.current().isRelayed()) {
            beginAnew(next);
            return;
        }
        parts.closing.closeSilently(
                new CloseReason(
                        CloseReason.Cause.VERSION_REFUSED,
                        false,
                        0,
                        "the server does not speak this version of QUIC"));
    }

    /**
     * Another first flight, with an ID of its own: whoever forged the offer may have let the first
     * one pass, and the server would take this for a part of it. Tokens and sessions are of one
     * version (RFC 9369 §5).
     */
    private void beginAnew(int version) {
        Path first = parts.switching.current();
        originalId = ConnectionId.random(setup.random(), FIRST_DESTINATION_ID_BYTES);
        parts.firstFlight.restart(version, originalId);
        first.loss().discardSpace(EncryptionLevel.INITIAL);
        parts.builder.probe(EncryptionLevel.INITIAL, 0);
        parts.builder.token(NO_TOKEN);
        parts.paths.replaceFirstId(parts.peerIds.handshakeId(originalId, null, null));
        parts.handshake.version().restart(version);
        parts.handshake.beginAnew(
                originalId, parts.ownParameters(parts.handshake.version(), nowNs()));
    }

    @Override
    public void onEarlyDataPossible() {
        remembered = parts.config.rememberedParameters();
        parts.streams.onPeerLimits(ParameterExchange.limitsOf(remembered));
        parts.datagrams.onPeerLimit(remembered.maxDatagramFrameSize());
    }

    @Override
    public void onEarlyDataRejected() {
        parts.switching.current().loss().declareLost(EncryptionLevel.ONE_RTT);
    }

    /** A session is of one version, like the first packet that goes on with it (RFC 9369 §5). */
    @Override
    public boolean acceptSession(byte[] rememberedParameters) {
        return ParameterExchange.versionOf(rememberedParameters)
                == parts.handshake.version().original();
    }

    @Override
    public boolean acceptEarlyData(byte[] rememberedParameters) {
        return parts.parameters.grantsStill(rememberedParameters);
    }

    @Override
    public void onSessionTicket(SessionTicket ticket) {
        news.onSessionTicket(ticket);
    }

    @Override
    public void onPeerTransportParameters(byte[] encoded) {
        adoptParameters(encoded);
    }

    @Override
    public void onHandshakeComplete() {
        parts.localIds.onPeerLimit(peerLimit);
        reportObserved(parts.switching.current());
        parts.observer.onHandshake(false, nowNs());
        news.onHandshakeComplete();
    }

    @Override
    public void onHandshakeConfirmed() {
        if (!parts.client) {
            parts.handshakeDone.send();
            Path path = parts.switching.current();
            if (!path.isRelayed()) {
                parts.newToken.send(
                        setup.addressTokens()
                                .issue(
                                        path.remote(),
                                        parts.handshake.version().current(),
                                        nowNs()));
            }
        }
        parts.switching.current().trust();
        parts.observer.onHandshake(true, nowNs());
        news.onHandshakeConfirmed();
    }

    @Override
    public void onKeysDiscarded(EncryptionLevel level) {
        for (int i = 0; i < parts.paths.count(); i++) {
            parts.paths.at(i).loss().discardSpace(level);
        }
        parts.builder.probe(level, 0);
        parts.observer.onKeysDiscarded(level, nowNs());
    }
}
