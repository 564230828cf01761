package dev.tern.quic.io;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread waits until another says that something has changed. A signal given while nobody waits
 * ends the next wait at once, so none is lost: look, and if there is nothing, wait, and look again.
 * Signals that nobody took are one.
 */
public final class Waiter {
    // Always a read-modify-write: whoever comes second sees what the first one did before.
    private final AtomicBoolean signalled = new AtomicBoolean();
    private volatile Thread waiting;

    /** Something has changed. Any thread; never waits. */
    public void signal() {
        if (!signalled.getAndSet(true)) {
            LockSupport.unpark(waiting);
        }
    }

    /**
     * Waits for a signal given since the last one was taken. One thread at a time.
     *
     * @return false if the time was over first
     * @throws InterruptedException if the thread is interrupted; it stays so
     */
    public boolean await(Deadline deadline) throws InterruptedException {
        if (signalled.getAndSet(false)) {
            return true;
        }
        waiting = Thread.currentThread();
        try {
            while (!signalled.getAndSet(false)) {
                if (waiting.isInterrupted()) {
                    throw new InterruptedException();
                }
                if (deadline.isOver()) {
                    return false;
                }
                deadline.park(this);
            }
            return true;
        } finally {
            waiting = null;
        }
    }
}
