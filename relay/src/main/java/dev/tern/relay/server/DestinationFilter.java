package dev.tern.relay.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Where a relay may send at all: never to itself, for that would be a loop, and never to addresses
 * that are no peer's. Not thread-safe.
 */
final class DestinationFilter {
    private static final byte[] BROADCAST = {-1, -1, -1, -1};

    private final boolean allowLoopback;
    private final Set<InetSocketAddress> forbidden;

    DestinationFilter(boolean allowLoopback, Collection<InetSocketAddress> forbidden) {
        this.allowLoopback = allowLoopback;
        this.forbidden = new HashSet<>(forbidden);
    }

    /** An address of the relay's own. */
    void forbid(InetSocketAddress address) {
        forbidden.add(address);
    }

    boolean allows(InetSocketAddress destination) {
        InetAddress address = destination.getAddress();
        return destination.getPort() != 0
                && !address.isAnyLocalAddress()
                && !address.isMulticastAddress()
                && !java.util.Arrays.equals(address.getAddress(), BROADCAST)
                && (allowLoopback || !address.isLoopbackAddress())
                && !forbidden.contains(destination);
    }
}
