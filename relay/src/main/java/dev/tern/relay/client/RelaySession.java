package dev.tern.relay.client;

import dev.tern.crypto.identity.PeerId;
import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.crypto.identity.PeerVerifiers;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.connection.CloseReason;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.connection.ConnectionListener;
import dev.tern.quic.endpoint.Endpoint;
import dev.tern.quic.path.Path;
import dev.tern.quic.path.SwitchReason;
import dev.tern.quic.stream.Stream;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.relay.RelayAddress;
import dev.tern.relay.control.ControlChannel;
import dev.tern.relay.control.ControlConnection;
import dev.tern.relay.control.ControlError;
import dev.tern.relay.control.ControlException;
import dev.tern.relay.control.ControlMessage;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.List;

/**
 * A peer's registration at one relay: keeps the control connection up, or tries again, and moves it
 * with the peer. Needs an {@link Endpoint} that is driven elsewhere, and its own deadlines.
 *
 * <pre>
 *   connect --> connecting --WELCOME--> up --closed--> waiting --deadline--> connecting
 *                    \--closed--> waiting
 * </pre>
 *
 * Owned by one agent; not thread-safe.
 */
public final class RelaySession {
    private static final int FEW_IDS = 8;
    private static final int IDS_PER_REQUEST = 16;
    private static final int MAX_PENDING_DIALS = 64;
    private static final long NS_PER_MS = 1_000_000L;

    /** More is not believed, and would overflow times: about 30 years. */
    private static final long MAX_LIFETIME_MS = 1_000_000_000_000L;

    private final RelayAddress relay;
    private final long instance;
    private final ConnectionConfig config;
    private final RelaySessionListener listener;
    private final IdPool ids = new IdPool();
    private final RetryTimer retry = new RetryTimer();
    private final ArrayDeque<PeerId> pendingDials = new ArrayDeque<>();
    private Endpoint endpoint;
    private InetSocketAddress local;
    private Attempt current;
    private boolean up;
    private boolean idsRequested;
    private long maxBytesPerSecond;

    /**
     * @param relay with its address resolved
     * @param tlsRandom all randomness of the handshakes
     * @param instance 8 random bytes that tell this registration from others of the same peer
     */
    public RelaySession(
            RelayAddress relay,
            PeerIdentity identity,
            SecureRandom tlsRandom,
            long instance,
            RelaySessionListener listener) {
        if (relay.address().isUnresolved()) {
            throw new IllegalArgumentException("the relay's host name is not resolved: " + relay);
        }
        this.relay = relay;
        this.instance = instance;
        this.listener = listener;
        this.config =
                ControlConnection.config(
                        TlsConfig.client(
                                tlsRandom,
                                identity,
                                PeerVerifiers.exactly(relay.id()),
                                ControlConnection.PROTOCOL));
    }

    /** Registers from that local address, and stays registered until {@link #close}. */
    public void connect(Endpoint through, InetSocketAddress from, long nowNs) {
        endpoint = through;
        local = from;
        open(nowNs);
    }

    private void open(long nowNs) {
        retry.stop();
        current = new Attempt();
        current.connection = endpoint.connect(config, local, relay.address(), null, current, nowNs);
    }

    /**
     * This peer's address is now {@code to}: a padded datagram leaves from there at once, from
     * which the relay learns where the peer is.
     *
     * @return false where the connection could not be taken along, and a new one was opened
     */
    public boolean moveTo(InetSocketAddress to, long nowNs) {
        if (endpoint == null) {
            throw new IllegalStateException("not connected to " + relay);
        }
        local = to;
        Attempt moving = current;
        if (moving != null
                && moving.connection.moveTo(to, relay.address(), SwitchReason.GONE, nowNs)) {
            ping();
            return true;
        }
        current = null;
        if (moving != null) {
            moving.connection.close(ControlError.NONE.code(), "moved", nowNs);
            endpoint.wake(moving.connection);
            if (up) {
                up = false;
                listener.onDown("moved where the control connection cannot follow", nowNs);
            }
        }
        open(nowNs);
        return false;
    }

    /** Asks the relay for a sign of life, which also shows it a new mapping of a NAT. */
    public void ping() {
        if (current != null) {
            current.connection.currentPath().ping();
            endpoint.wake(current.connection);
        }
    }

    /** Whether this peer is registered. */
    public boolean isUp() {
        return up;
    }

    public InetSocketAddress relayAddress() {
        return relay.address();
    }

    /** The local address registered from, now or next; null before {@link #connect}. */
    public InetSocketAddress local() {
        return local;
    }

    /** How much the relay forwards from this peer; known when up. */
    public long maxBytesPerSecond() {
        return maxBytesPerSecond;
    }

    /** A routable ID that nobody has yet, or null while there is none. */
    public ConnectionId takeId() {
        ConnectionId id = up ? ids.take() : null;
        if (ids.size() < FEW_IDS) {
            requestIds();
        }
        return id;
    }

    private void requestIds() {
        if (up && !idsRequested) {
            idsRequested = true;
            send(new ControlMessage.CidRequest(IDS_PER_REQUEST));
        }
    }

    /** Asks for an ID of that peer's; answered by the listener, after the next onUp if need be. */
    public void dial(PeerId target, long nowNs) {
        if (pendingDials.size() == MAX_PENDING_DIALS) {
            listener.onDialFailed(target, "too many dials wait for the relay already", nowNs);
            return;
        }
        pendingDials.add(target);
        if (up) {
            send(new ControlMessage.Dial(target));
        }
    }

    /** Tells peers that this one moved, where the relay knows them. */
    public void notifyMoved(List<PeerId> peers, long nowNs) {
        for (int i = 0; up && i < peers.size(); i += ControlMessage.MAX_PEERS) {
            int end = Math.min(i + ControlMessage.MAX_PEERS, peers.size());
            send(new ControlMessage.Notify(peers.subList(i, end)));
        }
    }

    private void send(ControlMessage message) {
        // Refused only where the relay has stopped reading: the idle timeout will tell.
        current.channel.send(message);
        endpoint.wake(current.connection);
    }

    /** Ends the registration; the session is not used again. */
    public void close(long nowNs) {
        retry.stop();
        up = false;
        Attempt ending = current;
        current = null;
        if (ending != null) {
            ending.connection.close(ControlError.NONE.code(), "", nowNs);
            endpoint.wake(ending.connection);
        }
    }

    /** When {@link #onTimeout} wants to be called, or {@link Long#MAX_VALUE}. */
    public long nextDeadlineNs() {
        return up && !idsRequested ? ids.staleNs() : retry.deadlineNs();
    }

    /** The deadline has passed. */
    public void onTimeout(long nowNs) {
        if (ids.isStale(nowNs)) {
            requestIds();
        }
        if (retry.isDue(nowNs)) {
            open(nowNs);
        }
    }

    private void onMessage(Attempt from, ControlMessage message, long nowNs) {
        switch (message) {
            case ControlMessage.Welcome welcome -> onWelcome(welcome, nowNs);
            case ControlMessage.CidBatch batch -> {
                idsRequested = false;
                stock(batch.ids(), batch.lifetimeMs(), nowNs);
                listener.onIdsAvailable(nowNs);
            }
            case ControlMessage.Dialled dialled -> {
                if (pendingDials.removeFirstOccurrence(dialled.target())) {
                    listener.onDialled(dialled.target(), dialled.ids(), nowNs);
                }
            }
            case ControlMessage.Incoming incoming ->
                    listener.onIncoming(incoming.dialler(), incoming.given(), nowNs);
            case ControlMessage.PeerMoved moved -> listener.onPeerMoved(moved.peer(), nowNs);
            case ControlMessage.GoAway _ -> from.relayGoesAway = true;
            case ControlMessage.Refused refused -> onRefused(refused, nowNs);
            case ControlMessage.Presence _ -> {} // answers QUERY, which this side does not ask
            case ControlMessage.Hello _,
                    ControlMessage.CidRequest _,
                    ControlMessage.Dial _,
                    ControlMessage.Notify _,
                    ControlMessage.Drop _,
                    ControlMessage.Query _ ->
                    throw new ControlException("a relay does not say " + message);
        }
    }

    private void onWelcome(ControlMessage.Welcome welcome, long nowNs) {
        // A relay that lost its secret could not read those of an earlier registration.
        ids.clear();
        idsRequested = false;
        stock(welcome.ids(), welcome.idLifetimeMs(), nowNs);
        maxBytesPerSecond = welcome.maxBytesPerSecond();
        retry.succeeded();
        up = true;
        List.copyOf(pendingDials).forEach(target -> send(new ControlMessage.Dial(target)));
        listener.onUp(nowNs);
        listener.onIdsAvailable(nowNs);
    }

    private void onRefused(ControlMessage.Refused refused, long nowNs) {
        if (refused.code() == ControlError.LIMIT.code()) {
            idsRequested = false;
        }
        PeerId target = ControlError.answersDial(refused.code()) ? pendingDials.poll() : null;
        if (target != null) {
            listener.onDialFailed(target, refused.text(), nowNs);
        }
    }

    private void stock(List<ConnectionId> batch, long lifetimeMs, long nowNs) {
        ids.add(batch, Math.min(lifetimeMs, MAX_LIFETIME_MS) * NS_PER_MS, nowNs);
    }

    private void onClosed(Attempt ended, CloseReason reason, long nowNs) {
        current = null;
        idsRequested = false;
        boolean relayRestarts =
                ended.relayGoesAway || reason.cause() == CloseReason.Cause.STATELESS_RESET;
        if (up && relayRestarts) {
            retry.startAtOnce(nowNs);
        } else {
            retry.start(nowNs);
        }
        up = false;
        listener.onDown(reason.cause() + ": " + reason.message(), nowNs);
    }

    /** One control connection; what an earlier one still has to say is not heard. */
    private final class Attempt implements ConnectionListener {
        private Connection connection;
        private ControlChannel channel;
        private boolean relayGoesAway;

        @Override
        public void onHandshakeComplete(Connection established, long nowNs) {
            Stream stream = established.streams().open(true);
            if (stream == null) {
                established.close(
                        ControlError.PROTOCOL.code(), "the relay allows no stream", nowNs);
                return;
            }
            channel = new ControlChannel(stream);
            channel.send(new ControlMessage.Hello(instance));
        }

        @Override
        public void onStreamReadable(Connection on, Stream stream) {
            if (channel == null || !channel.runsOn(stream)) {
                return;
            }
            try {
                channel.receive(
                        message -> {
                            if (this == current) {
                                onMessage(this, message, on.nowNs());
                            }
                        });
            } catch (ControlException e) {
                on.close(ControlError.PROTOCOL.code(), e.getMessage(), on.nowNs());
            }
        }

        @Override
        public void onObservedAddress(Path path, InetSocketAddress address, long nowNs) {
            if (this == current) {
                listener.onObservedAddress(path.local(), address, nowNs);
            }
        }

        @Override
        public void onClosed(Connection on, CloseReason reason, long nowNs) {
            if (this == current) {
                RelaySession.this.onClosed(this, reason, nowNs);
            }
        }
    }
}
