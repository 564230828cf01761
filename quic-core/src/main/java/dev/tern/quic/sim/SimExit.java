package dev.tern.quic.sim;

/**
 * Where a {@link SimElement} lets packets out: on towards the core of the network or towards its
 * hosts, now or later. A packet that goes neither way is lost. Valid for one call.
 */
public interface SimExit {
    /** On towards the core, away from the hosts behind this element. */
    void outward(SimPacket packet, long delayNs);

    /**
     * On towards the host that has the packet's destination address, or towards the element that
     * claims it. A NAT that hairpins answers a packet from inside with this.
     */
    void inward(SimPacket packet, long delayNs);
}
