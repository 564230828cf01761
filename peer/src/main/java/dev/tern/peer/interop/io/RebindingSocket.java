package dev.tern.peer.interop.io;

import dev.tern.quic.io.Sleeper;
import dev.tern.quic.io.UdpTransport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;

/** One socket that stands for another; its address stays what it was at first. */
final class RebindingSocket implements UdpTransport {
    private final InetSocketAddress local;
    private final AtomicReference<UdpTransport> replacement = new AtomicReference<>();
    private UdpTransport socket;
    private Sleeper sleeper;

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
        socket.flush();
        socket.close();
        socket = next;
        try {
            socket.register(sleeper);
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
        return socket.receive(new AtFirstAddress(receiver), limit);
    }

    @Override
    public Sent send(InetSocketAddress remote, int ecn, byte[] buffer, int offset, int length) {
        takeReplacement();
        return socket.send(remote, ecn, buffer, offset, length);
    }

    @Override
    public boolean carriesEcn() {
        return socket.carriesEcn();
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
    public void register(Sleeper newSleeper) throws IOException {
        sleeper = newSleeper;
        socket.register(newSleeper);
    }

    @Override
    public void close() {
        replaceBy(null);
        socket.close();
    }

    /** Tells everything, but that it came here. */
    private final class AtFirstAddress implements Receiver {
        private final Receiver receiver;

        AtFirstAddress(Receiver receiver) {
            this.receiver = receiver;
        }

        @Override
        public void onTrain() {
            receiver.onTrain();
        }

        @Override
        public void onDatagram(
                UdpTransport transport,
                InetSocketAddress remote,
                int ecn,
                byte[] buffer,
                int offset,
                int length) {
            receiver.onDatagram(RebindingSocket.this, remote, ecn, buffer, offset, length);
        }
    }
}
