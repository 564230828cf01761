package dev.tern.peer.interop.io;

import dev.tern.quic.io.UdpTransport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicReference;

/** One socket that stands for another; its address stays what it was at first. */
final class RebindingSocket implements UdpTransport {
    private final InetSocketAddress local;
    private final AtomicReference<UdpTransport> replacement = new AtomicReference<>();
    private UdpTransport socket;
    private Selector selector;

    RebindingSocket(UdpTransport socket) {
        this.socket = socket;
        this.local = socket.local();
    }

    /** Any thread. */
    void replaceBy(UdpTransport next) {
        UdpTransport unused = replacement.getAndSet(next);
        if (unused != null) {
            unused.close();
        }
    }

    private void takeReplacement() {
        UdpTransport next = replacement.getAndSet(null);
        if (next == null) {
            return;
        }
        socket.close();
        socket = next;
        try {
            socket.register(selector);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public int receive(Receiver receiver, int limit) {
        return socket.receive(
                (transport, remote, ecn, buffer, offset, length) ->
                        receiver.onDatagram(this, remote, ecn, buffer, offset, length),
                limit);
    }

    @Override
    public Sent send(InetSocketAddress remote, int ecn, byte[] buffer, int offset, int length) {
        takeReplacement();
        return socket.send(remote, ecn, buffer, offset, length);
    }

    @Override
    public void register(Selector newSelector) throws IOException {
        selector = newSelector;
        socket.register(newSelector);
    }

    @Override
    public void close() {
        replaceBy(null);
        socket.close();
    }
}
