package dev.tern.quic.io;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A socket that does what another one does: for tests that change a part of it. */
public class ForwardingTransport implements UdpTransport {
    private final UdpTransport socket;

    protected ForwardingTransport(UdpTransport socket) {
        this.socket = socket;
    }

    @Override
    public InetSocketAddress local() {
        return socket.local();
    }

    @Override
    public int receive(Receiver receiver, int limit) {
        return socket.receive(receiver, limit);
    }

    @Override
    public Sent send(InetSocketAddress remote, int ecn, byte[] buffer, int offset, int length) {
        return socket.send(remote, ecn, buffer, offset, length);
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
