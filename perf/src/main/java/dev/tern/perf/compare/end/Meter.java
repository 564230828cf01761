package dev.tern.perf.compare.end;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of the application that one end moved. One thread adds, another reads. */
final class Meter {
    private final AtomicLong bytes = new AtomicLong();

    /** Cheaper than a locked instruction, which would show in the figures of small reads. */
    void add(long count) {
        bytes.setRelease(bytes.getPlain() + count);
    }

    long bytes() {
        return bytes.getAcquire();
    }
}
