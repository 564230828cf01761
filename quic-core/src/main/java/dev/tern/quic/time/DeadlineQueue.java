package dev.tern.quic.time;

import java.util.Arrays;

/**
 * Deadlines of many things, earliest first: a binary heap whose entries know their places, so that
 * moving a deadline costs O(log n) and allocates nothing. A timer wheel would move one in constant
 * time, but only to the next tick: either a pacer's microseconds are lost or the wheel turns
 * through empty ticks, and it cannot say when the earliest deadline is, which the agent sleeps
 * until. Owned by one agent; not thread-safe.
 */
public final class DeadlineQueue {
    /** Something with a deadline; in at most one queue. */
    public abstract static class Entry {
        private long deadlineNs = Long.MAX_VALUE;
        private int place = -1;
    }

    private Entry[] heap = new Entry[16];
    private int size;

    /** The earliest deadline, or {@link Long#MAX_VALUE}. */
    public long earliestNs() {
        return size == 0 ? Long.MAX_VALUE : heap[0].deadlineNs;
    }

    /** Takes out an entry whose deadline has passed, or returns null. */
    public Entry pollExpired(long nowNs) {
        if (size == 0 || heap[0].deadlineNs - nowNs > 0) {
            return null;
        }
        Entry expired = heap[0];
        cancel(expired);
        return expired;
    }

    /** Sets or moves a deadline; {@link Long#MAX_VALUE} takes the entry out. */
    public void schedule(Entry entry, long deadlineNs) {
        if (deadlineNs == Long.MAX_VALUE) {
            cancel(entry);
            return;
        }
        entry.deadlineNs = deadlineNs;
        if (entry.place < 0) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, size * 2);
            }
            put(entry, size++);
        }
        siftUp(entry);
        siftDown(entry);
    }

    /** Takes an entry out, if it is in. */
    public void cancel(Entry entry) {
        if (entry.place < 0) {
            return;
        }
        Entry last = heap[--size];
        heap[size] = null;
        if (last.place != entry.place) {
            put(last, entry.place);
            siftUp(last);
            siftDown(last);
        }
        entry.place = -1;
        entry.deadlineNs = Long.MAX_VALUE;
    }

    private void siftUp(Entry entry) {
        while (entry.place > 0) {
            Entry parent = heap[(entry.place - 1) / 2];
            if (parent.deadlineNs - entry.deadlineNs <= 0) {
                return;
            }
            swap(parent, entry);
        }
    }

    private void siftDown(Entry entry) {
        while (true) {
            int left = 2 * entry.place + 1;
            if (left >= size) {
                return;
            }
            int right = left + 1;
            Entry child =
                    right < size && heap[right].deadlineNs - heap[left].deadlineNs < 0
                            ? heap[right]
                            : heap[left];
            if (child.deadlineNs - entry.deadlineNs >= 0) {
                return;
            }
            swap(entry, child);
        }
    }

    private void swap(Entry upper, Entry lower) {
        int upperPlace = upper.place;
        put(upper, lower.place);
        put(lower, upperPlace);
    }

    private void put(Entry entry, int place) {
        heap[place] = entry;
        entry.place = place;
    }
}
