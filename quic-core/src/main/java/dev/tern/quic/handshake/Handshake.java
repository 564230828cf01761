package dev.tern.quic.handshake;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.KeyPhases;
import dev.tern.crypto.KeySchedule;
import dev.tern.crypto.PacketProtector;
import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.crypto.tls.TlsAlertException;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.crypto.tls.TlsEngine;
import dev.tern.crypto.tls.TlsEvents;
import dev.tern.quic.recovery.AckTracker;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;
import dev.tern.quic.wire.VersionInformation;

/**
 * Drives TLS over the CRYPTO streams and holds the keys of every level until they are discarded
 * (RFC 9001 §4). What the handshake brings about is told to a {@link HandshakeListener}.
 *
 * <pre>
 *   client: Initial keys dropped when the first Handshake packet is sent,
 *           Handshake keys when HANDSHAKE_DONE arrives (confirmed)
 *   server: Initial keys dropped when the first Handshake packet is received,
 *           Handshake keys when the handshake completes (confirmed at once)
 * </pre>
 *
 * Owned by one agent; not thread-safe.
 */
public final class Handshake implements TlsEvents {
    private final boolean client;
    private final VersionChoice version;
    private final HandshakeListener listener;
    private final PacketNumberSpace initial;
    private final PacketNumberSpace handshake;
    private final PacketNumberSpace application;
    private final KeyUpdates keyUpdates = new KeyUpdates();
    private final TlsConfig config;
    private TlsEngine tls;
    private InitialKeysByVersion initialKeys;
    private KeyPhases phases;
    private boolean complete;
    private boolean confirmed;

    /**
     * @param maxAckDelayNs and ackDelayExponent as announced, for the application space
     */
    public Handshake(
            boolean client,
            TlsConfig config,
            VersionChoice version,
            byte[] transportParameters,
            long maxAckDelayNs,
            int ackDelayExponent,
            HandshakeListener listener) {
        this.client = client;
        this.config = config;
        this.version = version;
        this.listener = listener;
        this.initial =
                new PacketNumberSpace(EncryptionLevel.INITIAL, new AckTracker(0, ackDelayExponent));
        this.handshake =
                new PacketNumberSpace(
                        EncryptionLevel.HANDSHAKE, new AckTracker(0, ackDelayExponent));
        this.application =
                new PacketNumberSpace(
                        EncryptionLevel.ONE_RTT, new AckTracker(maxAckDelayNs, ackDelayExponent));
        this.tls =
                client
                        ? TlsEngine.client(config, transportParameters, this)
                        : TlsEngine.server(config, transportParameters, this);
    }

    /**
     * Sets the Initial keys, which follow from the client's first destination ID, and starts TLS.
     *
     * @param session at a client: what to go on with, or null
     */
    public void start(ConnectionId firstId, SessionTicket session) {
        initialKeys(firstId);
        if (session != null) {
            tls.resume(session);
        }
        tls.start();
    }

    /** A Retry gave the server another ID; TLS goes on as if nothing was (RFC 9001 §5.2). */
    public void restart(ConnectionId retrySourceId) {
        initialKeys(retrySourceId);
    }

    /**
     * At a client: another handshake, in the version that is spoken now (RFC 9000 §6.2). Packet
     * numbers go on.
     *
     * @param firstId what the client calls the server now
     */
    public void beginAnew(ConnectionId firstId, byte[] transportParameters) {
        boolean early = application.hasEarlyKeys();
        application.discardEarlyKeys();
        tls.destroy();
        tls = TlsEngine.client(config, transportParameters, this);
        initial.restartCrypto();
        initialKeys.destroy();
        if (early) {
            listener.onEarlyDataRejected();
        }
        start(firstId, null);
    }

    private void initialKeys(ConnectionId id) {
        initialKeys = new InitialKeysByVersion(client, id);
        initial.keys(initialKeys.sealer(version.current()), initialKeys.opener(version.current()));
    }

    /** Which version is spoken. */
    public VersionChoice version() {
        return version;
    }

    /** A long header of that version is about to be opened. */
    public void onVersionSeen(int seen, EncryptionLevel level) {
        if (level == EncryptionLevel.INITIAL && !initial.isDiscarded()) {
            initial.opener(initialKeys.opener(seen));
        }
    }

    /** A long header of that version was authentic. */
    public void onVersionAuthentic(int seen) {
        int before = version.current();
        version.onAuthentic(seen);
        if (version.current() != before) {
            followVersion();
        }
    }

    /** The peer says which versions it speaks; the server then chooses (RFC 9368 §2.3). */
    public void onPeerVersions(VersionInformation peer) {
        int before = version.current();
        version.onPeer(peer);
        if (version.current() != before) {
            followVersion();
        }
    }

    private void followVersion() {
        if (!initial.isDiscarded()) {
            initial.keys(
                    initialKeys.sealer(version.current()), initialKeys.opener(version.current()));
        }
    }

    @Override
    public KeySchedule keySchedule() {
        return InitialKeysByVersion.schedule(version.current());
    }

    public PacketNumberSpace space(EncryptionLevel level) {
        return switch (level) {
            case INITIAL -> initial;
            case HANDSHAKE -> handshake;
            case ONE_RTT, ZERO_RTT -> application;
        };
    }

    /** When an ACK is due in any space though nothing else is sent. */
    public long ackDeadlineNs() {
        return Math.min(
                application.acks().deadlineNs(),
                Math.min(initial.acks().deadlineNs(), handshake.acks().deadlineNs()));
    }

    /** TLS has verified the peer's Finished (RFC 9001 §4.1.1). */
    public boolean isComplete() {
        return complete;
    }

    /** Both sides know that the handshake is complete (RFC 9001 §4.1.2). */
    public boolean isConfirmed() {
        return confirmed;
    }

    /** When the 1-RTT keys change. */
    public KeyUpdates keyUpdates() {
        return keyUpdates;
    }

    /** TLS itself: for the exporter and the peer's certificate. */
    public TlsEngine tls() {
        return tls;
    }

    /**
     * Whether 1-RTT packets may be opened: a server must not before the client's Finished (RFC 9001
     * §5.7).
     */
    public boolean mayOpenApplication() {
        return application.canOpen() && (client || complete);
    }

    /** Whether 1-RTT packets may be sent. */
    public boolean maySendApplication() {
        return application.canSeal();
    }

    /** CRYPTO bytes arrived at a level. */
    public void onCrypto(
            EncryptionLevel level, long streamOffset, byte[] buffer, int offset, int length) {
        CryptoStream stream = space(level).crypto();
        int readable = stream.onData(streamOffset, buffer, offset, length);
        if (readable == 0) {
            return;
        }
        if (client) {
            version.onServerHello();
        }
        byte[] bytes = stream.read(readable);
        try {
            tls.receive(level, bytes, 0, bytes.length);
        } catch (TlsAlertException e) {
            throw new TransportException(
                    TransportError.CRYPTO_ERROR + e.alert(), "TLS: " + e.getMessage());
        }
    }

    /** HANDSHAKE_DONE arrived, or the server completed: the Handshake keys are done with. */
    public void confirm() {
        if (!confirmed) {
            confirmed = true;
            discard(EncryptionLevel.HANDSHAKE);
            phases.onHandshakeConfirmed();
            listener.onHandshakeConfirmed();
        }
    }

    /** Drops the keys of a level, and with them all packets of it (RFC 9001 §4.9). */
    public void discard(EncryptionLevel level) {
        PacketNumberSpace space = space(level);
        if (!space.isDiscarded()) {
            space.discard();
            if (level == EncryptionLevel.INITIAL) {
                initialKeys.destroy();
            }
            listener.onKeysDiscarded(level);
        }
    }

    /** Drops every key, at the connection's end. */
    public void destroy() {
        initial.discard();
        initialKeys.destroy();
        handshake.discard();
        application.discard();
        tls.destroy();
    }

    // ---- from TLS

    @Override
    public void onHandshakeBytes(EncryptionLevel level, byte[] bytes) {
        space(level).crypto().write(bytes);
    }

    @Override
    public void onKeys(EncryptionLevel level, PacketProtector send, PacketProtector receive) {
        if (level == EncryptionLevel.ONE_RTT) {
            phases = new KeyPhases(send, receive);
            application.keys(phases);
            keyUpdates.start(phases);
            if (client) {
                application.discardEarlyKeys();
            }
        } else {
            space(level).keys(send, receive);
        }
    }

    @Override
    public void onPeerTransportParameters(byte[] parameters) {
        listener.onPeerTransportParameters(parameters);
        if (client && application.hasEarlyKeys() && !tls.isEarlyDataAccepted()) {
            application.discardEarlyKeys();
            listener.onEarlyDataRejected();
        }
    }

    @Override
    public void onEarlyKeys(PacketProtector keys) {
        application.earlyKeys(keys, client);
        if (client) {
            listener.onEarlyDataPossible();
        }
    }

    @Override
    public boolean acceptSession(byte[] rememberedParameters) {
        return listener.acceptSession(rememberedParameters);
    }

    @Override
    public boolean acceptEarlyData(byte[] rememberedParameters) {
        return listener.acceptEarlyData(rememberedParameters);
    }

    @Override
    public void onSessionTicket(SessionTicket ticket) {
        listener.onSessionTicket(ticket);
    }

    @Override
    public void onHandshakeComplete() {
        complete = true;
        if (!client) {
            // Late 0-RTT packets are lost; their frames come again in 1-RTT packets.
            application.discardEarlyKeys();
        }
        listener.onHandshakeComplete();
        if (!client) {
            confirm();
        }
    }
}
