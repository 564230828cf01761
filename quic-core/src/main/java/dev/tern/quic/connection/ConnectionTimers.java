package dev.tern.quic.connection;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.quic.handshake.Handshake;
import dev.tern.quic.handshake.PacketNumberSpace;
import dev.tern.quic.path.Path;
import dev.tern.quic.path.PathSwitching;
import dev.tern.quic.path.Paths;

/**
 * Every deadline of a connection in one place, and what is done when loss timers fire (RFC 9002
 * §6.2). Owned by one agent; not thread-safe.
 */
final class ConnectionTimers {
    private static final EncryptionLevel[] LEVELS = {
        EncryptionLevel.INITIAL, EncryptionLevel.HANDSHAKE, EncryptionLevel.ONE_RTT
    };

    private static final int MAX_ANTI_DEADLOCK_SHIFT = 6;

    private final boolean client;
    private final Handshake handshake;
    private final Paths paths;
    private final PathSwitching switching;
    private final IdleTimer idle;
    private final Closing closing;
    private final DatagramBuilder builder;
    private final long keepAliveNs;
    private final long handshakeDeadlineNs;

    ConnectionTimers(
            boolean client,
            Handshake handshake,
            Paths paths,
            PathSwitching switching,
            IdleTimer idle,
            Closing closing,
            DatagramBuilder builder,
            long keepAliveNs,
            long handshakeDeadlineNs) {
        this.client = client;
        this.handshake = handshake;
        this.paths = paths;
        this.switching = switching;
        this.idle = idle;
        this.closing = closing;
        this.builder = builder;
        this.keepAliveNs = keepAliveNs;
        this.handshakeDeadlineNs = handshakeDeadlineNs;
    }

    void onSent(Path path, long nowNs) {
        if (path.loss().hasAckElicitingInFlight()) {
            idle.onAckElicitingSent(path.rtt().ptoNs(ConnectionConfig.MAX_ACK_DELAY_NS), nowNs);
        }
    }

    long nextDeadlineNs(long nowNs) {
        if (!closing.isOpen()) {
            return closing.deadlineNs();
        }
        long deadlineNs = Math.min(idle.deadlineNs(), paths.nextDeadlineNs(switching.current()));
        if (mayLeave(switching.current())) {
            deadlineNs = Math.min(deadlineNs, handshake.ackDeadlineNs());
        }
        if (!handshake.isComplete()) {
            deadlineNs = Math.min(deadlineNs, handshakeDeadlineNs);
        }
        boolean confirmed = handshake.isConfirmed();
        for (int i = 0; i < paths.count(); i++) {
            Path path = paths.at(i);
            if (mayLeave(path)) {
                deadlineNs = Math.min(deadlineNs, path.loss().deadlineNs(confirmed));
            }
        }
        deadlineNs = Math.min(deadlineNs, builder.pacedUntilNs());
        deadlineNs = Math.min(deadlineNs, handshake.keyUpdates().deadlineNs());
        deadlineNs = Math.min(deadlineNs, antiDeadlockNs());
        return Math.min(deadlineNs, keepAliveDeadlineNs());
    }

    /**
     * Whether the handshake takes too long, though the peer be heard of: an endpoint has room for
     * so many only.
     */
    boolean handshakeExpired(long nowNs) {
        return !handshake.isComplete() && nowNs - handshakeDeadlineNs >= 0;
    }

    /**
     * While the anti-amplification limit holds nothing leaves, and a timer for what cannot leave
     * would fire again and again (RFC 9002 §6.2.2.1).
     */
    private static boolean mayLeave(Path path) {
        return !path.isAbandoned() && path.allowsBytes(Path.MIN_DATAGRAM_BYTES);
    }

    private long keepAliveDeadlineNs() {
        if (keepAliveNs == 0 || !handshake.isConfirmed() || !mayLeave(switching.current())) {
            return Long.MAX_VALUE;
        }
        return switching.current().lastSentNs() + keepAliveNs;
    }

    /**
     * Probes the space whose timer fired, and the others that have something in flight: the peer
     * may have the keys of one of them only (RFC 9002 §6.2.4).
     */
    private void probe(Path path, EncryptionLevel fired, int probes) {
        for (EncryptionLevel level : LEVELS) {
            PacketNumberSpace space = handshake.space(level);
            boolean waiting =
                    path.loss().hasAckElicitingInFlight(level) || space.crypto().hasDataToSend();
            if (level == fired || (waiting && space.canSeal())) {
                path.loss().resendOldest(level, probes);
                builder.probe(level, probes);
            }
        }
    }

    /**
     * A client with nothing in flight may have to free a server that its limit holds back (RFC 9002
     * §6.2.2.1). And 1-RTT packets, for which no timer runs yet, may fill the window so that lost
     * handshake bytes cannot follow, at either side.
     */
    private long antiDeadlockNs() {
        Path path = switching.current();
        boolean stuck =
                !handshake.isConfirmed()
                        && !path.loss().isProbeArmed(false)
                        && mayLeave(path)
                        && (client || handshakeBytesLevel() != null);
        if (!stuck) {
            return Long.MAX_VALUE;
        }
        int shift = Math.min(path.loss().ptoCount(), MAX_ANTI_DEADLOCK_SHIFT);
        return path.lastSentNs() + (path.rtt().ptoNs(0) << shift);
    }

    /** The first level whose handshake bytes wait to be sent; null for none. */
    private EncryptionLevel handshakeBytesLevel() {
        for (EncryptionLevel level : LEVELS) {
            PacketNumberSpace space = handshake.space(level);
            boolean early = level != EncryptionLevel.ONE_RTT;
            if (early && space.canSeal() && space.crypto().hasDataToSend()) {
                return level;
            }
        }
        return null;
    }

    /**
     * Lets due timers do their work.
     *
     * @param probes how many packets a probe timeout sends
     * @return how often in a row the current path's probe timeout has fired, if it did now; else 0
     */
    int onTimeout(int probes, long nowNs) {
        handshake.keyUpdates().onTimeout(nowNs);
        if (nowNs >= keepAliveDeadlineNs()) {
            switching.current().ping();
        }
        if (nowNs >= antiDeadlockNs()) {
            switching.current().loss().onAntiDeadlockTimeout();
            EncryptionLevel bytes = handshakeBytesLevel();
            boolean handshakeKeys = handshake.space(EncryptionLevel.HANDSHAKE).canSeal();
            EncryptionLevel newest =
                    handshakeKeys ? EncryptionLevel.HANDSHAKE : EncryptionLevel.INITIAL;
            builder.probe(bytes == null ? newest : bytes, 1);
        }
        int count = 0;
        for (int i = 0; i < paths.count(); i++) {
            Path path = paths.at(i);
            EncryptionLevel level =
                    path.isAbandoned()
                            ? null
                            : path.loss().onTimeout(handshake.isConfirmed(), nowNs);
            if (level == null) {
                continue;
            }
            if (path == switching.current()) {
                probe(path, level, probes);
                count = path.loss().ptoCount();
            } else {
                // Left behind by a switch, and its packets were not acknowledged from the new path
                // either.
                path.loss().declareAllLost();
            }
        }
        return count;
    }
}
