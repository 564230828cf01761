package dev.tern.perf.compare.end;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes, connections or round trips that one end counted. One thread adds, another reads. */
final class Meter {
    private final AtomicLong sum = new AtomicLong();

    /** Cheaper than a locked instruction, which would show in the figures of small reads. */
    void add(long count) {
        sum.setRelease(sum.getPlain() + count);
    }

    long count() {
        return sum.getAcquire();
    }
}
