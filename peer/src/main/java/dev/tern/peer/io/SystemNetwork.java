package dev.tern.peer.io;

import dev.tern.quic.io.TransportFactory;
import dev.tern.quic.io.UdpTransports;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnresolvedAddressException;

/** The machine's own network: its sockets, and addresses by asking the system's routes. */
public final class SystemNetwork implements Network {
    @Override
    public TransportFactory transports() {
        return UdpTransports::open;
    }

    /**
     * Connecting a UDP socket sends nothing: the system only chooses the route, and with it the
     * address.
     */
    @Override
    public InetSocketAddress localAddressTowards(InetSocketAddress destination) {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.connect(destination);
            InetAddress address = ((InetSocketAddress) channel.getLocalAddress()).getAddress();
            NetworkInterface owner = NetworkInterface.getByInetAddress(address);
            return address.isAnyLocalAddress() || owner == null || !owner.isUp()
                    ? null
                    : new InetSocketAddress(address, 0);
        } catch (IOException | UnresolvedAddressException e) {
            return null; // no route: that is the answer
        }
    }
}
