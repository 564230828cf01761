package dev.tern.quic.sim;

/**
 * Sees every packet when it leaves a node, when it reaches one, and when nobody is there for it.
 */
@FunctionalInterface
public interface SimObserver {
    /** What happened to a packet. */
    enum Event {
        /** Left a node; addresses are the node's own. */
        SENT,
        /** Reached a node; addresses are as the node sees them. */
        DELIVERED,
        /** An attacker's, who put it into the core of the network. */
        INJECTED,
        /** Nobody has its destination address, or its host's address went down. */
        UNROUTABLE
    }

    void onPacket(Event event, SimPacket packet, long nowNs);
}
