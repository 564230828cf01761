package dev.tern.quic.io;

import java.net.InetSocketAddress;

/** Hears what happens to an agent. Called on the agent's thread. */
public interface AgentListener {
    /** A send showed that a local address is gone; its socket is closed, the node knows. */
    default void onAddressGone(InetSocketAddress local, long nowNs) {}

    /**
     * The node failed and the agent ends: a fault in the program, for networks and peers cannot
     * cause it. It has been logged.
     */
    default void onFailed(Throwable failure) {}

    /** For programs that wait for nothing of this. */
    AgentListener NONE = new AgentListener() {};
}
