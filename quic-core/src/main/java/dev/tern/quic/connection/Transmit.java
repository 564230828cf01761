package dev.tern.quic.connection;

import dev.tern.crypto.PacketTrain;
import dev.tern.quic.buf.DatagramQueue;

import java.net.InetSocketAddress;

/**
 * One datagram to be sent, filled in by {@link Connection#pollTransmit}; or a train of them, where
 * whoever sends has room for one: datagrams from one address to another, one behind the other in
 * the buffer, all of one length but for the last, which may be shorter. Reused.
 */
public final class Transmit {
    /** Room for the largest datagram that a node may fill in. */
    public static final int CAPACITY_BYTES = 2048;

    /** As many as Linux takes in one call, and as many bytes (UDP over IPv6). */
    public static final int MAX_TRAIN_DATAGRAMS = 64;

    public static final int MAX_TRAIN_BYTES = 65_487;

    private final byte[] buffer;
    private final PacketTrain packets;
    private InetSocketAddress local;
    private InetSocketAddress remote;
    private int length;
    private int datagramBytes;
    private int ecn;

    /** Takes one datagram at a time. */
    public Transmit() {
        this(CAPACITY_BYTES, null);
    }

    private Transmit(int capacityBytes, PacketTrain packets) {
        this.buffer = new byte[capacityBytes];
        this.packets = packets;
    }

    /** Takes trains, too. */
    public static Transmit ofTrains() {
        return new Transmit(MAX_TRAIN_BYTES, new PacketTrain(MAX_TRAIN_DATAGRAMS));
    }

    /** Where a train's packets are noted until they are sealed; null if it takes no trains. */
    PacketTrain packets() {
        return packets;
    }

    /** The bytes, from index 0. */
    public byte[] buffer() {
        return buffer;
    }

    /** Of all datagrams together, in bytes. */
    public int length() {
        return length;
    }

    /** The length of each datagram but the last. */
    public int datagramBytes() {
        return datagramBytes;
    }

    /** How many datagrams there are. */
    public int datagrams() {
        return length == datagramBytes ? 1 : (length + datagramBytes - 1) / datagramBytes;
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

    /** Sets everything but the bytes, of one datagram. */
    public void set(InetSocketAddress from, InetSocketAddress to, int lengthBytes, int ecnBits) {
        setTrain(from, to, lengthBytes, lengthBytes, ecnBits);
    }

    /** Sets everything but the bytes, of datagrams that have this length but for the last. */
    public void setTrain(
            InetSocketAddress from,
            InetSocketAddress to,
            int lengthBytes,
            int eachBytes,
            int ecnBits) {
        local = from;
        remote = to;
        length = lengthBytes;
        datagramBytes = eachBytes;
        ecn = ecnBits;
    }
}
