package dev.tern.quic.stream;

import java.util.Arrays;

/**
 * Ranges of stream offsets, disjoint, not touching, in ascending order; each begins at {@code from}
 * and ends before {@code to}. Grows as needed; its owners bound it. Not thread-safe.
 */
final class ByteRanges {
    private long[] froms = new long[4];
    private long[] tos = new long[4];
    private int count;

    int count() {
        return count;
    }

    boolean isEmpty() {
        return count == 0;
    }

    long from(int index) {
        return froms[index];
    }

    long to(int index) {
        return tos[index];
    }

    void clear() {
        count = 0;
    }

    /** Adds a range and joins it with those it overlaps or touches. */
    void add(long from, long to) {
        if (from >= to) {
            return;
        }
        int first = firstEndingAtOrAfter(from);
        int end = first;
        long joinedFrom = from;
        long joinedTo = to;
        while (end < count && froms[end] <= to) {
            joinedFrom = Math.min(joinedFrom, froms[end]);
            joinedTo = Math.max(joinedTo, tos[end]);
            end++;
        }
        replace(first, end, 1);
        froms[first] = joinedFrom;
        tos[first] = joinedTo;
    }

    /** Takes a range out, and splits what only partly lies within. */
    void remove(long from, long to) {
        if (from >= to) {
            return;
        }
        int first = firstEndingAtOrAfter(from + 1);
        int end = first;
        while (end < count && froms[end] < to) {
            end++;
        }
        if (first == end) {
            return;
        }
        long headFrom = froms[first];
        long tailTo = tos[end - 1];
        boolean head = headFrom < from;
        boolean tail = tailTo > to;
        replace(first, end, (head ? 1 : 0) + (tail ? 1 : 0));
        int index = first;
        if (head) {
            froms[index] = headFrom;
            tos[index++] = from;
        }
        if (tail) {
            froms[index] = to;
            tos[index] = tailTo;
        }
    }

    /** Takes out of this set what the other one holds between two offsets. */
    void removeAll(ByteRanges other, long from, long to) {
        for (int i = other.firstEndingAtOrAfter(from + 1); i < other.count; i++) {
            if (other.froms[i] >= to) {
                return;
            }
            remove(other.froms[i], other.tos[i]);
        }
    }

    private int firstEndingAtOrAfter(long offset) {
        // Most work is at the end: data arrives, is lost and is acknowledged mostly in order.
        if (count == 0 || tos[count - 1] < offset) {
            return count;
        }
        int low = 0;
        int high = count - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (tos[middle] < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Makes room for {@code size} ranges in place of those in {@code [first, end)}. */
    private void replace(int first, int end, int size) {
        int newCount = count - (end - first) + size;
        if (newCount > froms.length) {
            froms = Arrays.copyOf(froms, froms.length * 2);
            tos = Arrays.copyOf(tos, tos.length * 2);
        }
        System.arraycopy(froms, end, froms, first + size, count - end);
        System.arraycopy(tos, end, tos, first + size, count - end);
        count = newCount;
    }
}
