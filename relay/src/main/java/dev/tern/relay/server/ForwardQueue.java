package dev.tern.relay.server;

import dev.tern.quic.endpoint.Transmit;

import java.net.InetSocketAddress;

/**
 * Datagrams between coming in and going out, in their order. All memory is there from the start;
 * what does not fit is dropped, as a router does. Not thread-safe.
 */
final class ForwardQueue {
    /** The largest datagram of an Ethernet, and then some. */
    static final int SLOT_BYTES = 1500;

    /** What an agent can take in before it sends again, many times over. */
    private static final int DEFAULT_SLOTS = 4096;

    private final byte[] bytes;
    private final InetSocketAddress[] locals;
    private final InetSocketAddress[] remotes;
    private final int[] lengths;
    private final byte[] ecns;
    private int first;
    private int size;

    ForwardQueue() {
        this(DEFAULT_SLOTS);
    }

    ForwardQueue(int slots) {
        bytes = new byte[slots * SLOT_BYTES];
        locals = new InetSocketAddress[slots];
        remotes = new InetSocketAddress[slots];
        lengths = new int[slots];
        ecns = new byte[slots];
    }

    /** Copies one in; returns whether there was room. */
    boolean add(
            InetSocketAddress local,
            InetSocketAddress remote,
            int ecn,
            byte[] source,
            int offset,
            int length) {
        if (size == lengths.length || length > SLOT_BYTES) {
            return false;
        }
        int slot = (first + size) % lengths.length;
        System.arraycopy(source, offset, bytes, slot * SLOT_BYTES, length);
        locals[slot] = local;
        remotes[slot] = remote;
        lengths[slot] = length;
        ecns[slot] = (byte) ecn;
        size++;
        return true;
    }

    /** Takes the first one out; returns whether there was one. */
    boolean poll(Transmit transmit) {
        if (size == 0) {
            return false;
        }
        System.arraycopy(bytes, first * SLOT_BYTES, transmit.buffer(), 0, lengths[first]);
        transmit.set(locals[first], remotes[first], lengths[first], ecns[first]);
        first = (first + 1) % lengths.length;
        size--;
        return true;
    }
}
