package dev.tern.quic.connection;

import dev.tern.quic.buf.DatagramQueue;

import java.net.InetSocketAddress;

/** One datagram to be sent, filled in by {@link Connection#pollTransmit}; reused. */
public final class Transmit {
    /** Room for the largest datagram that a node may fill in. */
    public static final int CAPACITY_BYTES = 2048;

    private final byte[] buffer = new byte[CAPACITY_BYTES];
    private InetSocketAddress local;
    private InetSocketAddress remote;
    private int length;
    private int ecn;

    /** The bytes, from index 0. */
    public byte[] buffer() {
        return buffer;
    }

    public int length() {
        return length;
    }

    /** The local socket to send from. */
    public InetSocketAddress local() {
        return local;
    }

    public InetSocketAddress remote() {
        return remote;
    }

    /** The two ECN bits to set in the IP header. */
    public int ecn() {
        return ecn;
    }

    /** Takes the first datagram of a queue; returns whether there was one. */
    public boolean takeFrom(DatagramQueue queue) {
        if (queue.isEmpty()) {
            return false;
        }
        set(queue.local(), queue.remote(), queue.length(), queue.ecn());
        queue.remove(buffer, 0);
        return true;
    }

    /** Sets everything but the bytes. */
    public void set(InetSocketAddress from, InetSocketAddress to, int lengthBytes, int ecnBits) {
        local = from;
        remote = to;
        length = lengthBytes;
        ecn = ecnBits;
    }
}
