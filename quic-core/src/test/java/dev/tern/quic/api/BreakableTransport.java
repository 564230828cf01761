package dev.tern.quic.api;

import dev.tern.quic.io.ForwardingTransport;
import dev.tern.quic.io.TransportFactory;
import dev.tern.quic.io.UdpTransport;
import dev.tern.quic.io.UdpTransports;

import java.net.InetSocketAddress;
import java.util.Set;

/** A socket through which nothing passes while its address is in a set: a network that died. */
final class BreakableTransport extends ForwardingTransport {
    private final Set<InetSocketAddress> dead;

    private BreakableTransport(UdpTransport socket, Set<InetSocketAddress> dead) {
        super(socket);
        this.dead = dead;
    }

    static TransportFactory factory(Set<InetSocketAddress> dead) {
        return (local, name) -> new BreakableTransport(UdpTransports.open(local, name), dead);
    }

    private boolean isDead() {
        return dead.contains(local());
    }

    @Override
    public int receive(Receiver receiver, int limit) {
        return super.receive(
                (transport, remote, ecn, buffer, offset, length) -> {
                    if (!isDead()) {
                        receiver.onDatagram(this, remote, ecn, buffer, offset, length);
                    }
                },
                limit);
    }

    @Override
    public Sent send(InetSocketAddress remote, int ecn, byte[] buffer, int offset, int length) {
        return isDead() ? Sent.DONE : super.send(remote, ecn, buffer, offset, length);
    }
}
