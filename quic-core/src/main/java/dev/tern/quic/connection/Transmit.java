package dev.tern.quic.connection;

import dev.tern.crypto.PacketTrain;
import dev.tern.quic.buf.DatagramQueue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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
    private MemorySegment target;
    private long targetOffset;
    private boolean inTarget;
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

    /**
     * Where a node may put the bytes instead of {@link #buffer}, if it fills in nothing but 1-RTT
     * packets: so the cipher writes them where the kernel reads them.
     *
     * @param nativeMemory null for nowhere
     * @param offset behind which there are {@link #MAX_TRAIN_BYTES}
     */
    public void target(MemorySegment nativeMemory, long offset) {
        target = nativeMemory;
        targetOffset = offset;
    }

    /** What was set as such, or null. */
    public MemorySegment target() {
        return target;
    }

    /** Where in the target the bytes begin, if they are there. */
    public long targetOffset() {
        return targetOffset;
    }

    /** Whether the bytes are in the target. */
    public boolean isInTarget() {
        return inTarget;
    }

    /** A node has put the bytes to the target rather than to the buffer, or has not. */
    public void inTarget(boolean there) {
        inTarget = there;
    }

    /** Copies the bytes to the buffer, if they are not there. */
    public void fetch() {
        if (inTarget) {
            MemorySegment.copy(target, ValueLayout.JAVA_BYTE, targetOffset, buffer, 0, length);
            inTarget = false;
        }
    }

    /** The bytes, from index 0, unless they are in the target. */
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

    /** Sets everything but the bytes, of one datagram in the buffer. */
    public void set(InetSocketAddress from, InetSocketAddress to, int lengthBytes, int ecnBits) {
        inTarget = false;
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
