package dev.tern.quic.io;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/** A socket that answers as the test says, and keeps what is sent. */
final class FakeTransport implements UdpTransport {
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Datagram(InetSocketAddress remote, byte[] bytes) {}

    final List<Datagram> sent = new ArrayList<>();
    final Queue<Datagram> arrived = new ArrayDeque<>();
    Sent answer = Sent.DONE;
    Sent flushAnswer = Sent.DONE;
    int flushes;
    boolean closed;
    private final InetSocketAddress local;

    FakeTransport(InetSocketAddress local) {
        this.local = local;
    }

    @Override
    public InetSocketAddress local() {
        return local;
    }

    @Override
    public int receive(Receiver receiver, int limit) {
        int count = 0;
        Datagram datagram;
        while (count < limit && (datagram = arrived.poll()) != null) {
            receiver.onTrain();
            receiver.onDatagram(
                    this, datagram.remote(), 0, datagram.bytes(), 0, datagram.bytes().length);
            count++;
        }
        return count;
    }

    @Override
    public Sent send(InetSocketAddress remote, int ecn, byte[] buffer, int offset, int length) {
        if (answer == Sent.DONE) {
            sent.add(new Datagram(remote, Arrays.copyOfRange(buffer, offset, offset + length)));
        }
        return answer;
    }

    @Override
    public Sent flush() {
        flushes++;
        return flushAnswer;
    }

    @Override
    public Sleeper newSleeper() {
        return new ThreadSleeper();
    }

    @Override
    public void register(Sleeper sleeper) {}

    @Override
    public void close() {
        closed = true;
    }
}
