package dev.tern.relay.server;

import dev.tern.crypto.identity.PeerId;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.path.Path;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.relay.control.ControlChannel;
import dev.tern.relay.control.ControlError;
import dev.tern.relay.control.ControlMessage;

import java.util.List;
import java.util.function.Consumer;

/**
 * What control connections do to the relay's tables: register, mint, move, leave. Owned by one
 * agent; not thread-safe.
 */
final class Reception {
    /** One peer id may be several programs, or one that crashed and came back a few times. */
    private static final int MAX_REGISTRATIONS_PER_PEER = 8;

    private final RelayConfig config;
    private final RelayKeys keys;
    private final RelayIds ids;
    private final Registrations registrations;
    private final Forwarder forwarder;
    private final DestinationFilter filter;
    private final Consumer<Connection> waker;

    /**
     * @param waker told of a connection to which something was done
     */
    Reception(
            RelayConfig config,
            RelayKeys keys,
            RelayIds ids,
            Registrations registrations,
            Forwarder forwarder,
            DestinationFilter filter,
            Consumer<Connection> waker) {
        this.config = config;
        this.keys = keys;
        this.ids = ids;
        this.registrations = registrations;
        this.forwarder = forwarder;
        this.filter = filter;
        this.waker = waker;
    }

    boolean admits(PeerId peer) {
        return config.admission().test(peer);
    }

    /** Registers whom a control connection belongs to, where it is now; null at the limit. */
    RegisteredPeer register(PeerId id, Connection connection, ControlChannel channel, long nowNs) {
        List<RegisteredPeer> before = registrations.of(id);
        if (before.size() == MAX_REGISTRATIONS_PER_PEER) {
            String text = "peer " + id + " registers too often";
            close(before.getFirst(), ControlError.LIMIT, text, nowNs);
        } else if (registrations.count() >= config.maxRegistrations()) {
            return null;
        }
        RegisteredPeer peer =
                new RegisteredPeer(id, connection, channel, config.peerBytesPerSecond(), nowNs);
        registrations.add(peer);
        onMoved(peer, connection.currentPath());
        return peer;
    }

    /** Lets the IDs of another instance lead to a peer, from wherever they led before. */
    void addInstance(RegisteredPeer peer, long instance, long nowNs) {
        RegisteredPeer before = registrations.addTag(peer, keys.routeTag(peer.id(), instance));
        if (before != null && before.tagCount() == 0) {
            close(before, ControlError.NONE, "registered anew by another connection", nowNs);
        }
    }

    /** Withdraws all IDs of an instance. */
    void dropInstance(PeerId id, long instance) {
        long tag = keys.routeTag(id, instance);
        RegisteredPeer peer = registrations.byTag(tag);
        if (peer != null) {
            registrations.dropTag(peer, tag);
        }
    }

    boolean isRegistered(PeerId id, long instance) {
        return registrations.byTag(keys.routeTag(id, instance)) != null;
    }

    List<RegisteredPeer> registrationsOf(PeerId id) {
        return registrations.of(id);
    }

    /** The registration that a DIAL goes to, the newest, or null. */
    RegisteredPeer newest(PeerId id) {
        List<RegisteredPeer> all = registrations.of(id);
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).tagCount() > 0) {
                return all.get(i);
            }
        }
        return null;
    }

    ConnectionId mint(RegisteredPeer owner) {
        return ids.mint(owner.newestTag());
    }

    /** What the relay tells a peer that has registered. */
    ControlMessage.Welcome welcome(List<ConnectionId> first, long nowNs) {
        return new ControlMessage.Welcome(
                config.relayId(), config.peerBytesPerSecond(), ids.lifetimeMs(nowNs), first);
    }

    long idLifetimeMs(long nowNs) {
        return ids.lifetimeMs(nowNs);
    }

    /** Says something to a peer; returns false where it has stopped reading. */
    boolean tell(RegisteredPeer peer, ControlMessage message) {
        boolean sent = peer.channel().send(message);
        waker.accept(peer.connection());
        return sent;
    }

    /** The control connection sends by that path now: there the peer is (DESIGN §4, "Moves"). */
    void onMoved(RegisteredPeer peer, Path to) {
        registrations.move(
                peer, to.local(), to.remote(), filter.allows(to.remote()), to.isValidated());
        forwarder.release(peer);
    }

    /** The peer answered from where it is now. */
    void onValidated(RegisteredPeer peer) {
        peer.address().validate();
        forwarder.release(peer);
    }

    void remove(RegisteredPeer peer) {
        registrations.remove(peer);
        forwarder.forget(peer);
    }

    void close(RegisteredPeer peer, ControlError error, String text, long nowNs) {
        Connection connection = peer.connection();
        remove(peer);
        connection.close(error.code(), text, nowNs);
        waker.accept(connection);
    }
}
