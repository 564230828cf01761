package dev.tern.quic.buf;

import java.util.Arrays;

/**
 * Ranges of non-negative numbers, disjoint, never adjacent, both ends included: packet numbers
 * received, bytes acknowledged or lost. Bounded: past {@code maxRanges} the lowest ranges are
 * forgotten. Adding numbers in rising order takes constant time, and nothing is allocated once the
 * arrays have grown to what is needed. Not thread-safe.
 */
public final class RangeSet {
    private static final int INITIAL_CAPACITY = 4;

    private final int maxRanges;

    // Ascending, from index first; room is left in front where low ranges were dropped, so that
    // dropping one does not move all others.
    private long[] smallest;
    private long[] largest;
    private int first;
    private int count;

    public RangeSet(int maxRanges) {
        if (maxRanges < 1) {
            throw new IllegalArgumentException("room for " + maxRanges + " ranges");
        }
        this.maxRanges = maxRanges;
        int capacity = Math.min(INITIAL_CAPACITY, maxRanges);
        smallest = new long[capacity];
        largest = new long[capacity];
    }

    /** Adds every number from {@code from} to {@code to}, both included. */
    public void add(long from, long to) {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("range " + from + " to " + to);
        }
        int end = first + count;
        int low = firstTouching(from);
        int high = low;
        while (high < end && smallest[high] - 1 <= to) {
            high++;
        }
        if (low == high) {
            insert(low, from, to);
        } else {
            smallest[low] = Math.min(smallest[low], from);
            largest[low] = Math.max(largest[high - 1], to);
            close(low + 1, high);
        }
    }

    public void addPoint(long value) {
        add(value, value);
    }

    /** Removes every number from {@code from} to {@code to}, both included. */
    public void remove(long from, long to) {
        int low = search(from);
        if (low == first + count || smallest[low] > to) {
            return;
        }
        if (smallest[low] < from && largest[low] > to) {
            long upperEnd = largest[low];
            largest[low] = from - 1;
            insert(low + 1, to + 1, upperEnd);
            return;
        }
        if (smallest[low] < from) {
            largest[low] = from - 1;
            low++;
        }
        int high = low;
        while (high < first + count && largest[high] <= to) {
            high++;
        }
        if (high < first + count && smallest[high] <= to) {
            smallest[high] = to + 1;
        }
        close(low, high);
    }

    /** Removes every number below {@code value}. */
    public void removeBelow(long value) {
        while (count > 0 && largest[first] < value) {
            dropLowest();
        }
        if (count > 0 && smallest[first] < value) {
            smallest[first] = value;
        }
    }

    public void clear() {
        first = 0;
        count = 0;
    }

    public boolean contains(long value) {
        int index = search(value);
        return index < first + count && smallest[index] <= value;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    public int rangeCount() {
        return count;
    }

    /** The low end of a range; index 0 is the highest range. */
    public long smallest(int index) {
        return smallest[fromTop(index)];
    }

    /** The high end of a range; index 0 is the highest range. */
    public long largest(int index) {
        return largest[fromTop(index)];
    }

    private int fromTop(int index) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException("range " + index + " of " + count);
        }
        return first + count - 1 - index;
    }

    /** The first range that a range from {@code from} upwards could overlap or touch. */
    private int firstTouching(long from) {
        int top = first + count - 1;
        if (count > 0 && smallest[top] <= from) {
            return largest[top] >= from - 1 ? top : top + 1;
        }
        return search(from - 1);
    }

    /** The first range that does not end below {@code value}. */
    private int search(long value) {
        int low = first;
        int high = first + count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (largest[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void insert(int index, long from, long to) {
        int at = index;
        if (count == maxRanges) {
            if (at == first) {
                return;
            }
            dropLowest();
        }
        if (first + count == smallest.length) {
            int moved = makeRoom();
            at -= moved;
        }
        int behind = first + count - at;
        System.arraycopy(smallest, at, smallest, at + 1, behind);
        System.arraycopy(largest, at, largest, at + 1, behind);
        smallest[at] = from;
        largest[at] = to;
        count++;
    }

    private void dropLowest() {
        first++;
        count--;
    }

    /**
     * Makes room at the end: moves the ranges to the front when at least half of the arrays is free
     * there, so that each move is paid for by as many drops, and grows the arrays otherwise.
     *
     * @return by how much every index fell
     */
    private int makeRoom() {
        int moved = first;
        if (moved >= smallest.length - moved) {
            System.arraycopy(smallest, first, smallest, 0, count);
            System.arraycopy(largest, first, largest, 0, count);
        } else {
            int capacity = smallest.length * 2;
            smallest = Arrays.copyOf(Arrays.copyOfRange(smallest, first, first + count), capacity);
            largest = Arrays.copyOf(Arrays.copyOfRange(largest, first, first + count), capacity);
        }
        first = 0;
        return moved;
    }

    /** Removes the ranges from index {@code low} to before {@code high}. */
    private void close(int low, int high) {
        int removed = high - low;
        if (removed > 0) {
            int behind = first + count - high;
            System.arraycopy(smallest, high, smallest, low, behind);
            System.arraycopy(largest, high, largest, low, behind);
            count -= removed;
        }
    }
}
