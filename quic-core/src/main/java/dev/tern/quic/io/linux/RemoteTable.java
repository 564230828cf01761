package dev.tern.quic.io.linux;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/**
 * The far addresses in use, so that none is made anew for each datagram. Bounded: an address pushes
 * another one out whose place is the same.
 */
final class RemoteTable {
    private static final int CAPACITY = 1024;

    /** 2^64 divided by the golden ratio: neighbouring addresses come far from each other. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final Remote[] byBytes = new Remote[CAPACITY];
    private final Remote[] byAddress = new Remote[CAPACITY];
    private Remote lastReceived;
    private Remote lastSent;

    /** Who a datagram came from: the socket address at this place. */
    Remote source(MemorySegment memory, long offset) {
        long high = SocketAddress.high(memory, offset);
        long low = SocketAddress.low(memory, offset);
        int port = SocketAddress.port(memory, offset);
        int scope = SocketAddress.scope(memory, offset);
        Remote last = lastReceived;
        if (last == null || !last.is(high, low, port, scope)) {
            last = find(high, low, port, scope);
            lastReceived = last;
        }
        return last;
    }

    private Remote find(long high, long low, int port, int scope) {
        int place = place(((high * SPREAD) ^ low) + port);
        Remote found = byBytes[place];
        if (found == null || !found.is(high, low, port, scope)) {
            found = new Remote(high, low, port, scope);
            byBytes[place] = found;
            byAddress[place(found.address().hashCode())] = found;
            lastSent = null;
        }
        return found;
    }

    /** Who a datagram goes to. */
    Remote destination(InetSocketAddress address) {
        Remote last = lastSent;
        if (last == null || !last.is(address)) {
            int place = place(address.hashCode());
            last = byAddress[place];
            if (last == null || !last.is(address)) {
                last = new Remote(address);
                byAddress[place] = last;
            }
            lastSent = last;
        }
        return last;
    }

    private static int place(long key) {
        return (int) (key * SPREAD >>> 40) & CAPACITY - 1;
    }
}
