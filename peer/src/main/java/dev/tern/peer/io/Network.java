package dev.tern.peer.io;

import dev.tern.quic.io.TransportFactory;

import java.net.InetSocketAddress;

/** Where a peer's sockets come from, and which local address is the one to use. */
public interface Network {
    /** Opens the sockets. */
    TransportFactory transports();

    /**
     * The local address, with port 0, from which the system would send to {@code destination} now,
     * or null where there is no way. Asked every half second, and at once after a send failed.
     */
    InetSocketAddress localAddressTowards(InetSocketAddress destination);
}
