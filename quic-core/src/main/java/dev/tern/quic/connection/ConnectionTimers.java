package dev.tern.quic.connection;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.quic.handshake.Handshake;
import dev.tern.quic.path.Path;
import dev.tern.quic.path.PathSwitching;
import dev.tern.quic.path.Paths;

/**
 * Every deadline of a connection in one place, and what is done when loss timers fire (RFC 9002
 * §6.2). Owned by one agent; not thread-safe.
 */
final class ConnectionTimers {
    private static final int MAX_ANTI_DEADLOCK_SHIFT = 6;

    private final boolean client;
    private final Handshake handshake;
    private final Paths paths;
    private final PathSwitching switching;
    private final IdleTimer idle;
    private final Closing closing;
    private final DatagramBuilder builder;
    private final long keepAliveNs;

    ConnectionTimers(
            boolean client,
            Handshake handshake,
            Paths paths,
            PathSwitching switching,
            IdleTimer idle,
            Closing closing,
            DatagramBuilder builder,
            long keepAliveNs) {
        this.client = client;
        this.handshake = handshake;
        this.paths = paths;
        this.switching = switching;
        this.idle = idle;
        this.closing = closing;
        this.builder = builder;
        this.keepAliveNs = keepAliveNs;
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

    /** A client with nothing in flight may have to free a server that its limit holds back. */
    private long antiDeadlockNs() {
        Path path = switching.current();
        boolean stuck =
                client
                        && !handshake.isConfirmed()
                        && !path.loss().hasAckElicitingInFlight()
                        && mayLeave(path);
        if (!stuck) {
            return Long.MAX_VALUE;
        }
        int shift = Math.min(path.loss().ptoCount(), MAX_ANTI_DEADLOCK_SHIFT);
        return path.lastSentNs() + (path.rtt().ptoNs(0) << shift);
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
            boolean handshakeKeys = handshake.space(EncryptionLevel.HANDSHAKE).canSeal();
            builder.probe(handshakeKeys ? EncryptionLevel.HANDSHAKE : EncryptionLevel.INITIAL, 1);
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
                path.loss().resendOldest(level, probes);
                builder.probe(level, probes);
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
