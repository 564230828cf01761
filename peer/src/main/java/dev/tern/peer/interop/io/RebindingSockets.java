package dev.tern.peer.interop.io;

import dev.tern.quic.io.TransportFactory;
import dev.tern.quic.io.UdpTransport;
import dev.tern.quic.io.UdpTransports;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Opens sockets whose address, as the world sees it, can be changed behind the connection's back:
 * what a NAT does that forgets a mapping.
 */
public final class RebindingSockets implements TransportFactory {
    private volatile RebindingSocket last;

    @Override
    public UdpTransport open(InetSocketAddress local, String interfaceName) throws IOException {
        last = new RebindingSocket(UdpTransports.open(local, interfaceName));
        return last;
    }

    /**
     * From its next datagram on the socket opened last has another port.
     *
     * @param address and this address; null for the one that it has
     * @throws IOException with a sentence for a person, if the address cannot be bound to
     */
    public void rebind(InetAddress address) throws IOException {
        RebindingSocket socket = last;
        InetAddress now = address == null ? socket.local().getAddress() : address;
        socket.replaceBy(UdpTransports.open(new InetSocketAddress(now, 0), null));
    }
}
