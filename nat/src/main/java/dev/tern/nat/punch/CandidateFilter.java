package dev.tern.nat.punch;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;

/**
 * Keeps a peer from aiming probes at what is none of its own: decides which of the addresses that
 * it names may be sent to at all. Whether a private one means anything here is decided per local
 * address, when pairs are made.
 */
public final class CandidateFilter {
    private static final int LAST_PRIVILEGED_PORT = 1023;
    private static final int MAX_FORBIDDEN = 64;

    private final boolean privilegedPorts;
    private final ArrayDeque<InetSocketAddress> forbidden = new ArrayDeque<>();

    /**
     * @param privilegedPorts whether ports below 1024, where DNS and NTP listen, may be probed
     */
    public CandidateFilter(boolean privilegedPorts) {
        this.privilegedPorts = privilegedPorts;
    }

    /** Never to be probed, whoever names it: a relay's address, whose paths are not direct. */
    public void forbid(InetSocketAddress address) {
        InetSocketAddress canonical = canonical(address);
        if (canonical != null && !forbidden.contains(canonical)) {
            if (forbidden.size() == MAX_FORBIDDEN) {
                forbidden.removeFirst();
            }
            forbidden.add(canonical);
        }
    }

    /**
     * An address that the peer named.
     *
     * @return the address in its one spelling, or null where it must not be sent to
     */
    public InetSocketAddress admit(InetSocketAddress named) {
        InetSocketAddress address = canonical(named);
        boolean admitted =
                address != null
                        && (privilegedPorts || address.getPort() > LAST_PRIVILEGED_PORT)
                        && isSendable(address);
        return admitted ? address : null;
    }

    /** Whether a packet that came from there may be answered with probes. */
    boolean isSendable(InetSocketAddress address) {
        return address.getPort() != 0
                && !forbidden.contains(address)
                && AddressScope.of(address.getAddress()) != AddressScope.UNUSABLE;
    }

    /** Null for what has no IP address. */
    static InetSocketAddress canonical(InetSocketAddress named) {
        InetAddress ip = named.getAddress();
        if (ip == null) {
            return null;
        }
        try {
            // Makes an IPv4 address of a mapped one.
            InetAddress canonical = InetAddress.getByAddress(ip.getAddress());
            return canonical.equals(ip) ? named : new InetSocketAddress(canonical, named.getPort());
        } catch (UnknownHostException e) {
            throw new AssertionError("an address has 4 or 16 bytes", e);
        }
    }
}
