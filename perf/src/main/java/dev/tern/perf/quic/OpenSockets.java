package dev.tern.perf.quic;

import dev.tern.quic.io.TransportFactory;
import dev.tern.quic.io.UdpTransport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Opens sockets, and remembers them for their counters. */
final class OpenSockets implements TransportFactory {
    private final TransportFactory factory;
    private final List<UdpTransport> opened = new CopyOnWriteArrayList<>();

    OpenSockets(TransportFactory factory) {
        this.factory = factory;
    }

    @Override
    public UdpTransport open(InetSocketAddress local, String interfaceName) throws IOException {
        UdpTransport transport = factory.open(local, interfaceName);
        opened.add(transport);
        return transport;
    }

    long systemCalls() {
        return opened.stream().mapToLong(UdpTransport::systemCalls).sum();
    }
}
