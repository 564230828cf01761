package dev.tern.quic.recovery;

import java.util.Arrays;

/**
 * Packets sent on one path in one packet number space, in the order of their numbers: a ring,
 * searched by number. Numbers have holes, for the other paths use them too.
 */
final class SentPackets {
    /** Enough for a connection that idles; one that sends grows it in its first round trips. */
    private static final int FIRST_CAPACITY = 8;

    private SentPacket[] ring = new SentPacket[FIRST_CAPACITY];
    private int head;
    private int size;
    private int settledPrefix;

    int size() {
        return size;
    }

    /** The packet at a place, 0 the oldest; null where its fate is settled already. */
    SentPacket at(int index) {
        return ring[head + index & ring.length - 1];
    }

    void add(SentPacket packet) {
        if (size == ring.length) {
            SentPacket[] larger = new SentPacket[size * 2];
            for (int i = 0; i < size; i++) {
                larger[i] = at(i);
            }
            ring = larger;
            head = 0;
        }
        ring[head + size & ring.length - 1] = packet;
        size++;
    }

    /** The first place that may hold a packet whose fate is open. */
    int firstOpen() {
        while (settledPrefix < size
                && (at(settledPrefix).acked || at(settledPrefix).declaredLost)) {
            settledPrefix++;
        }
        return settledPrefix;
    }

    /** Where the first packet with a number not below {@code packetNumber} stands. */
    int indexOfAtLeast(long packetNumber) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at(middle).packetNumber < packetNumber) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Takes out the oldest packets while they are settled, so that what is in flight stays close
     * together: the acknowledged ones go back to the pool, the lost ones to {@code lost}.
     */
    void releaseSettled(SentPackets lost, SentPacketPool pool) {
        while (size > 0 && (at(0).acked || at(0).declaredLost)) {
            SentPacket oldest = at(0);
            removeOldest();
            if (oldest.acked) {
                pool.release(oldest);
            } else {
                lost.add(oldest);
            }
        }
    }

    /** Hands back the oldest packets while they are acknowledged, or left before then. */
    void releaseOldest(long sentBeforeNs, SentPacketPool pool) {
        while (size > 0 && (at(0).acked || at(0).sentTimeNs - sentBeforeNs < 0)) {
            SentPacket oldest = at(0);
            removeOldest();
            pool.release(oldest);
        }
    }

    void releaseAll(SentPacketPool pool) {
        while (size > 0) {
            SentPacket oldest = at(0);
            removeOldest();
            pool.release(oldest);
        }
        Arrays.fill(ring, null);
    }

    private void removeOldest() {
        ring[head] = null;
        head = head + 1 & ring.length - 1;
        size--;
        settledPrefix = Math.max(0, settledPrefix - 1);
    }
}
