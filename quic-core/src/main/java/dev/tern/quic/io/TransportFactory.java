package dev.tern.quic.io;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Opens sockets: how a platform, or a test, brings its own. */
@FunctionalInterface
public interface TransportFactory {
    /**
     * Opens a socket.
     *
     * @param local the address to bind to; port 0 for any
     * @param interfaceName the network interface to send through, or null for the one that the
     *     system's routes lead to. Sockets of the JDK cannot choose it and follow the routes.
     * @throws IOException with a sentence for a person, if the address cannot be bound to
     */
    UdpTransport open(InetSocketAddress local, String interfaceName) throws IOException;

    /**
     * Opens a socket whose address others, opened in the same way, may have, too. Each datagram
     * goes to one of them, and those from one source to the same one, as long as their number
     * stays.
     *
     * @throws IOException as {@link #open}, or because these sockets cannot share
     */
    default UdpTransport openShared(InetSocketAddress local, String interfaceName)
            throws IOException {
        throw new IOException("these sockets cannot share an address: " + local);
    }
}
