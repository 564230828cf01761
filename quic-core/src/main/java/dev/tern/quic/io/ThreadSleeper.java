package dev.tern.quic.io;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Waits for other threads and time alone: what an agent does before it has sockets. */
final class ThreadSleeper implements Sleeper {
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile Thread waiting;

    @Override
    public void await(long waitNs) {
        waiting = Thread.currentThread();
        if (!woken.getAndSet(false)) {
            LockSupport.parkNanos(this, waitNs);
        }
        waiting = null;
    }

    @Override
    public void wake() {
        woken.set(true);
        LockSupport.unpark(waiting);
    }

    @Override
    public void close() {}
}
