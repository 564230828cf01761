package dev.tern.quic.recovery;

import java.util.Arrays;

/**
 * The packets sent on one path in one packet number space whose fate is open, in the order of their
 * numbers: a ring, searched by number. Numbers have holes, for the other paths use them too.
 */
final class SentPackets {
    private SentPacket[] ring = new SentPacket[64];
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

    /** Hands back the oldest packets while they are settled. */
    void releaseSettled(SentPacketPool pool, long lostBeforeNs) {
        while (size > 0) {
            SentPacket oldest = at(0);
            boolean settled =
                    oldest.acked || (oldest.declaredLost && oldest.sentTimeNs - lostBeforeNs < 0);
            if (!settled) {
                return;
            }
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
