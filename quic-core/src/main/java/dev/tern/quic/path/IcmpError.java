package dev.tern.quic.path;

import java.net.InetSocketAddress;

/**
 * What the network says became of a datagram (RFC 792, RFC 1812 §5.2.7.1, RFC 4443 §3). A hint and
 * no more: nothing proves who says it.
 */
public enum IcmpError {
    /** The host is there, and nobody listens at the port. */
    PORT_UNREACHABLE,
    /** A filter does not let it pass. */
    PROHIBITED,
    HOST_UNREACHABLE,
    NETWORK_UNREACHABLE,
    /**
     * It was too long for a part of the way. Only what DPLPMTUD finds out by itself counts for the
     * size of datagrams (RFC 9000 §14.2.1).
     */
    PACKET_TOO_BIG;

    /**
     * Whether it will be the same a moment later; that a host or a network cannot be reached may
     * pass (RFC 1122 §3.2.2.1).
     */
    public boolean isLasting() {
        return this == PORT_UNREACHABLE || this == PROHIBITED;
    }

    /** What it says, for a person. */
    public String sentence(InetSocketAddress destination) {
        String host = destination.getAddress().getHostAddress();
        String address =
                (host.contains(":") ? "[" + host + "]" : host) + ":" + destination.getPort();
        return switch (this) {
            case PORT_UNREACHABLE -> "no one listens at " + address;
            case PROHIBITED -> "a filter on the way forbids to reach " + address;
            case HOST_UNREACHABLE, NETWORK_UNREACHABLE -> "there is no way to " + address;
            case PACKET_TOO_BIG -> "a datagram was too long to reach " + address;
        };
    }
}
