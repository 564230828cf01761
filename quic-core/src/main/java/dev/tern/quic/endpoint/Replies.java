package dev.tern.quic.endpoint;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Datagrams that belong to no connection and wait to be sent: version negotiation, stateless
 * resets, what a relay forwards in small numbers. Bounded; what does not fit is dropped, as a
 * network may.
 */
final class Replies {
    private static final int MAX_WAITING = 64;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Reply(InetSocketAddress local, InetSocketAddress remote, byte[] bytes) {}

    private final ArrayDeque<Reply> waiting = new ArrayDeque<>();

    void add(InetSocketAddress local, InetSocketAddress remote, byte[] buffer, int length) {
        if (waiting.size() < MAX_WAITING) {
            waiting.add(new Reply(local, remote, Arrays.copyOf(buffer, length)));
        }
    }

    boolean poll(Transmit transmit) {
        Reply reply = waiting.poll();
        if (reply == null) {
            return false;
        }
        System.arraycopy(reply.bytes(), 0, transmit.buffer(), 0, reply.bytes().length);
        transmit.set(reply.local(), reply.remote(), reply.bytes().length, 0);
        return true;
    }
}
