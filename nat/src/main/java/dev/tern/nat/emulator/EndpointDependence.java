package dev.tern.nat.emulator;

import java.net.InetSocketAddress;

/**
 * How much of the far endpoint a NAT looks at, be it when it reuses a mapping (RFC 4787 §4.1) or
 * when it lets a packet in (§5).
 */
enum EndpointDependence {
    INDEPENDENT {
        @Override
        boolean sameFor(InetSocketAddress far, InetSocketAddress other) {
            return true;
        }
    },
    ADDRESS {
        @Override
        boolean sameFor(InetSocketAddress far, InetSocketAddress other) {
            return far.getAddress().equals(other.getAddress());
        }
    },
    ADDRESS_AND_PORT {
        @Override
        boolean sameFor(InetSocketAddress far, InetSocketAddress other) {
            return far.equals(other);
        }
    };

    /** Whether the NAT makes no difference between two far endpoints. */
    abstract boolean sameFor(InetSocketAddress far, InetSocketAddress other);
}
