package dev.tern.quic.api;

import dev.tern.quic.io.Sleeper;
import dev.tern.quic.io.TransportFactory;
import dev.tern.quic.io.UdpTransport;
import dev.tern.quic.io.UdpTransports;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;

/** A socket through which nothing passes while its address is in a set: a network that died. */
record BreakableTransport(UdpTransport socket, Set<InetSocketAddress> dead)
        implements UdpTransport {
    static TransportFactory factory(Set<InetSocketAddress> dead) {
        return (local, name) -> new BreakableTransport(UdpTransports.open(local, name), dead);
    }

    private boolean isDead() {
        return dead.contains(local());
    }

    @Override
    public InetSocketAddress local() {
        return socket.local();
    }

    @Override
    public int receive(Receiver receiver, int limit) {
        return socket.receive(
                (transport, remote, ecn, buffer, offset, length) -> {
                    if (!isDead()) {
                        receiver.onDatagram(this, remote, ecn, buffer, offset, length);
                    }
                },
                limit);
    }

    @Override
    public Sent send(InetSocketAddress remote, int ecn, byte[] buffer, int offset, int length) {
        return isDead() ? Sent.DONE : socket.send(remote, ecn, buffer, offset, length);
    }

    @Override
    public Sent flush() {
        return socket.flush();
    }

    @Override
    public Sleeper newSleeper() throws IOException {
        return socket.newSleeper();
    }

    @Override
    public void register(Sleeper sleeper) throws IOException {
        socket.register(sleeper);
    }

    @Override
    public void close() {
        socket.close();
    }
}
