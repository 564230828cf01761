package dev.tern.quic.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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
            MemorySegment bytes,
            long offset,
            int length,
            int datagramBytes) {
        if (answer == Sent.DONE && room > 0) {
            byte[] copy = bytes.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
            trains.add((length + datagramBytes - 1) / datagramBytes);
            for (int at = 0; at < length; at += datagramBytes) {
                send(remote, ecn, copy, at, Math.min(datagramBytes, length - at));
            }
            return answer;
        }
        return room > 0 ? answer : Sent.FULL;
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
