package dev.tern.quic.api;

import dev.tern.quic.path.IcmpError;

import java.net.InetSocketAddress;

/**
 * Hears what happens to the paths of a connection, with each path's RTT and loss at that moment.
 * Called on the endpoint's own thread, must not wait; may call the connection's methods that give a
 * future.
 */
public interface PathEvents {
    /** A pair of addresses is known from now on, and is being probed. */
    default void onPathAdded(QuicConnection connection, PathStats path) {}

    /** The far end answered there (RFC 9000 §8.2): the path may be used. */
    default void onPathValidated(QuicConnection connection, PathStats path) {}

    /** The far end did not answer there in time: the path is forgotten. */
    default void onPathFailed(QuicConnection connection, PathStats path) {}

    /**
     * Data goes by another path from now on.
     *
     * @param byPeer whether the peer moved, or asked for it
     */
    default void onPathChanged(
            QuicConnection connection, PathStats from, PathStats to, boolean byPeer) {}

    /**
     * The network says that the far end cannot be reached by the path in use (an ICMP message,
     * which not all kinds of sockets show). Anybody can make that up: the path is probed at once,
     * and left only if it does not answer.
     */
    default void onPathSuspected(QuicConnection connection, PathStats path, IcmpError why) {}

    /** The peer says from which address it sees packets of a path come. */
    default void onObservedAddress(
            QuicConnection connection, PathStats path, InetSocketAddress observed) {}
}
