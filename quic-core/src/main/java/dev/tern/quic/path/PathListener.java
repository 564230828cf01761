package dev.tern.quic.path;

import java.net.InetSocketAddress;

/** Hears what happens to the paths of a connection. Called on the agent's thread. */
public interface PathListener {
    /**
     * A path is known from now on.
     *
     * @param byPeer whether a packet of the peer's made it known
     */
    default void onPathAdded(Path path, boolean byPeer, long nowNs) {}

    /** Challenge and response have crossed a path. */
    default void onPathValidated(Path path, long nowNs) {}

    /** A path was not validated in time, and is forgotten. */
    default void onPathFailed(Path path, long nowNs) {}

    /**
     * Data goes by another path from now on.
     *
     * @param byPeer whether the peer asked for it
     */
    default void onPathSwitched(
            Path from, Path to, SwitchReason reason, boolean byPeer, long nowNs) {}

    /**
     * The network says that the far end cannot be reached on the path that carries the data. It may
     * be wrong, and the path is being probed.
     */
    default void onPathSuspected(Path path, IcmpError why, long nowNs) {}

    /** The peer says from which address it sees packets of a path come. */
    default void onObservedAddress(Path path, InetSocketAddress address, long nowNs) {}
}
