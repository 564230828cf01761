package dev.tern.quic.io;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How long a thread waits for other threads. */
public final class Deadline {
    /** Waits as long as it takes. */
    public static final Deadline NEVER = new Deadline(0, false);

    private final long atNs;
    private final boolean ends;

    private Deadline(long atNs, boolean ends) {
        this.atNs = atNs;
        this.ends = ends;
    }

    /** That long from now; null for {@link #NEVER}. */
    public static Deadline after(Duration timeout) {
        return timeout == null ? NEVER : new Deadline(System.nanoTime() + timeout.toNanos(), true);
    }

    /** How long there is left; 0 or less when it is over. */
    public long leftNs() {
        return ends ? atNs - System.nanoTime() : Long.MAX_VALUE;
    }

    /** Whether the time is over. */
    public boolean isOver() {
        return leftNs() <= 0;
    }

    void park(Object blocker) {
        if (ends) {
            LockSupport.parkNanos(blocker, leftNs());
        } else {
            LockSupport.park(blocker);
        }
    }
}
