package dev.tern.quic.buf;

import java.net.InetSocketAddress;

/**
 * Datagrams between coming in and going out, in their order: slots of one size in one slab, all of
 * it there from the start. What does not fit is dropped, as a network may. Copying in and out costs
 * little beside a system call, and nobody need say when a buffer is free again. Allocates nothing;
 * not thread-safe.
 */
public final class DatagramQueue {
    private final int slotBytes;
    private final byte[] slab;
    private final InetSocketAddress[] locals;
    private final InetSocketAddress[] remotes;
    private final int[] lengths;
    private final byte[] ecns;
    private int first;
    private int size;

    /**
     * @param slots how many datagrams may wait
     * @param slotBytes the longest that is taken
     */
    public DatagramQueue(int slots, int slotBytes) {
        this.slotBytes = slotBytes;
        slab = new byte[Math.multiplyExact(slots, slotBytes)];
        locals = new InetSocketAddress[slots];
        remotes = new InetSocketAddress[slots];
        lengths = new int[slots];
        ecns = new byte[slots];
    }

    /** Copies one in; returns whether there was room. */
    public boolean add(
            InetSocketAddress local,
            InetSocketAddress remote,
            int ecn,
            byte[] source,
            int offset,
            int length) {
        if (size == lengths.length || length > slotBytes) {
            return false;
        }
        int slot = (first + size) % lengths.length;
        System.arraycopy(source, offset, slab, slot * slotBytes, length);
        locals[slot] = local;
        remotes[slot] = remote;
        lengths[slot] = length;
        ecns[slot] = (byte) ecn;
        size++;
        return true;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    // ---- the first one, of a queue that is not empty

    /** The local socket's address. */
    public InetSocketAddress local() {
        return locals[first];
    }

    public InetSocketAddress remote() {
        return remotes[first];
    }

    /** The two ECN bits. */
    public int ecn() {
        return ecns[first];
    }

    public int length() {
        return lengths[first];
    }

    /** Copies the first one out and takes it from the queue. */
    public void remove(byte[] destination, int offset) {
        if (size == 0) {
            throw new IllegalStateException("no datagram waits");
        }
        System.arraycopy(slab, first * slotBytes, destination, offset, lengths[first]);
        locals[first] = null;
        remotes[first] = null;
        first = (first + 1) % lengths.length;
        size--;
    }
}
