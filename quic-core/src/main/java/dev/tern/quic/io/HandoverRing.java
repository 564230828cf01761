package dev.tern.quic.io;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Datagrams on their way from the agents whose sockets received them to the one whose connections
 * they are for. Any number of agents add, one takes out; nobody waits for anybody: when it is full,
 * a datagram is lost, as in a full socket.
 *
 * <p>Each slot has a turn number. It is the position of whoever may write to it next; one more when
 * it is written; and the position of the next lap when it has been read.
 */
final class HandoverRing {
    /** For an agent that no other shares a port with. */
    static final HandoverRing NONE = new HandoverRing(1);

    /** What most datagrams fit into; a slot grows for a longer one. */
    private static final int SLOT_BYTES = 1500;

    private static final class Slot {
        private byte[] bytes = new byte[SLOT_BYTES];
        private InetSocketAddress local;
        private InetSocketAddress remote;
        private int ecn;
        private int length;
    }

    private final int mask;
    private final Slot[] slots;
    private final AtomicLongArray turns;
    private final AtomicLong tail = new AtomicLong();
    private volatile Runnable waker = () -> {};
    private long head;

    /**
     * @param capacity a power of two
     */
    HandoverRing(int capacity) {
        mask = capacity - 1;
        slots = new Slot[capacity];
        turns = new AtomicLongArray(capacity);
        for (int i = 0; i < capacity; i++) {
            slots[i] = new Slot();
            turns.set(i, i);
        }
    }

    /** Sets how to wake who takes datagrams out. */
    void wakeBy(Runnable agentWaker) {
        waker = agentWaker;
    }

    /** Copies a datagram in; returns false if there is no room. Any thread. */
    boolean offer(
            InetSocketAddress local,
            InetSocketAddress remote,
            int ecn,
            byte[] buffer,
            int offset,
            int length) {
        long position = tail.get();
        while (true) {
            long turn = turns.getAcquire((int) position & mask);
            if (turn == position) {
                long seen = tail.compareAndExchange(position, position + 1);
                if (seen == position) {
                    break;
                }
                position = seen;
            } else if (turn - position < 0) {
                return false; // not read since the last lap
            } else {
                position = tail.get();
            }
        }
        Slot slot = slots[(int) position & mask];
        if (slot.bytes.length < length) {
            slot.bytes = new byte[length];
        }
        System.arraycopy(buffer, offset, slot.bytes, 0, length);
        slot.local = local;
        slot.remote = remote;
        slot.ecn = ecn;
        slot.length = length;
        // Not only released: the waker must not look whether the agent sleeps before this is seen.
        turns.set((int) position & mask, position + 1);
        waker.run();
        return true;
    }

    boolean isEmpty() {
        return turns.get((int) head & mask) != head + 1;
    }

    /** Takes datagrams out, in the order in which they came; returns how many. Agent only. */
    int drain(Taker taker, int limit) {
        int count = 0;
        while (count < limit && turns.getAcquire((int) head & mask) == head + 1) {
            Slot slot = slots[(int) head & mask];
            taker.onHandover(slot.local, slot.remote, slot.ecn, slot.bytes, slot.length);
            turns.setRelease((int) head & mask, head + slots.length);
            head++;
            count++;
        }
        return count;
    }

    /** Gets the datagrams. */
    interface Taker {
        /** The bytes, from index 0, may be changed, and are the ring's again after the call. */
        void onHandover(
                InetSocketAddress local,
                InetSocketAddress remote,
                int ecn,
                byte[] buffer,
                int length);
    }
}
