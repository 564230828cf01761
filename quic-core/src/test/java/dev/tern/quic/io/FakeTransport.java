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
    boolean takesTrains;

    /** How many datagrams were sent in one call, if it were trains. */
    final List<Integer> trains = new ArrayList<>();

    /** After so many datagrams it is full. */
    int room = Integer.MAX_VALUE;

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
        if (room == 0) {
            return Sent.FULL;
        }
        if (answer == Sent.DONE) {
            room--;
            sent.add(new Datagram(remote, Arrays.copyOfRange(buffer, offset, offset + length)));
        }
        return answer;
    }

    @Override
    public boolean takesTrains() {
        return takesTrains;
    }

    @Override
    public Sent sendTrain(
            InetSocketAddress remote,
            int ecn,
            byte[] buffer,
            int offset,
            int length,
            int datagramBytes) {
        int end = offset + length;
        if (answer == Sent.DONE) {
            trains.add((length + datagramBytes - 1) / datagramBytes);
            for (int at = offset; at < end; at += datagramBytes) {
                send(remote, ecn, buffer, at, Math.min(datagramBytes, end - at));
            }
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
