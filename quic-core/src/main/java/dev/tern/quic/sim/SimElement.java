package dev.tern.quic.sim;

import java.net.InetAddress;
import java.util.Set;

/**
 * Something that packets pass between hosts and the core of the network: a link, a NAT, a firewall.
 * Hosts that share one name the same object in their chains. An element has no timers: it is told
 * the time with each packet and looks then at what has expired.
 */
public interface SimElement {
    /** A packet from a host behind this element. */
    void onOutbound(SimPacket packet, long nowNs, SimExit exit);

    /** A packet from the core, to a host behind this element or to the element's own address. */
    void onInbound(SimPacket packet, long nowNs, SimExit exit);

    /**
     * The addresses that stand for the hosts behind this element. Where there are any, those hosts
     * cannot be reached from outside by their own addresses.
     */
    default Set<InetAddress> publicAddresses() {
        return Set.of();
    }
}
