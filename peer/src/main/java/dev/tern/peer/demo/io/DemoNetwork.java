package dev.tern.peer.demo.io;

import dev.tern.peer.io.Network;
import dev.tern.quic.io.NioUdpTransport;
import dev.tern.quic.io.TransportFactory;
import dev.tern.quic.io.TunnelTransport;
import dev.tern.quic.io.UdpTransport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The network of a peer in the demo: one NAT's inside, reached through a tunnel, until it moves to
 * another.
 */
public final class DemoNetwork implements Network {
    private record Home(InetSocketAddress gateway, InetAddress address) {}

    private static final int FIRST_HOME = 101;

    private volatile Home home;
    private int moves;

    public DemoNetwork(InetSocketAddress gateway) {
        moveTo(gateway);
    }

    /** The peer is behind another NAT now, and has another address. */
    public void moveTo(InetSocketAddress gateway) {
        home = new Home(gateway, LoopbackAddresses.address(FIRST_HOME + moves++, 1));
    }

    @Override
    public InetSocketAddress localAddressTowards(InetSocketAddress destination) {
        return new InetSocketAddress(home.address(), 0);
    }

    @Override
    public TransportFactory transports() {
        return (local, interfaceName) -> open();
    }

    private UdpTransport open() throws IOException {
        Home here = home;
        InetAddress loopback = LoopbackAddresses.address(0, 1);
        NioUdpTransport under = NioUdpTransport.open(new InetSocketAddress(loopback, 0), null);
        InetSocketAddress claimed = new InetSocketAddress(here.address(), under.local().getPort());
        return new TunnelTransport(under, here.gateway(), claimed);
    }
}
