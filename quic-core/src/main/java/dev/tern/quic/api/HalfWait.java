package dev.tern.quic.api;

import dev.tern.quic.io.Deadline;
import dev.tern.quic.io.EndpointAgent;
import dev.tern.quic.io.Waiter;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/** Where application threads wait for one half of a stream, one after the other. */
final class HalfWait {
    private final EndpointAgent agent;
    private final String what;
    private final ReentrantLock turn = new ReentrantLock();
    private final Waiter waiter = new Waiter();
    private volatile Duration timeout;

    /**
     * @param what is waited for, in words
     */
    HalfWait(EndpointAgent agent, String what) {
        this.agent = agent;
        this.what = what;
    }

    void timeout(Duration duration) {
        timeout = duration;
    }

    void signal() {
        waiter.signal();
    }

    /** Until {@link #end} no other thread waits here. */
    Deadline begin() throws InterruptedIOException {
        if (agent.isOwnThread()) {
            throw new IllegalStateException(
                    what + ": the endpoint's own thread must not wait; use the forms with Now");
        }
        Deadline deadline = Deadline.after(timeout);
        try {
            turn.lockInterruptibly();
        } catch (InterruptedException e) {
            throw interrupted(0);
        }
        return deadline;
    }

    void end() {
        turn.unlock();
    }

    /**
     * Waits for a signal.
     *
     * @param bytesTransferred before
     */
    void await(Deadline deadline, int bytesTransferred) throws InterruptedIOException {
        try {
            if (!waiter.await(deadline)) {
                SocketTimeoutException late = new SocketTimeoutException(what + ": timed out");
                late.bytesTransferred = bytesTransferred;
                throw late;
            }
        } catch (InterruptedException e) {
            throw interrupted(bytesTransferred);
        }
    }

    private InterruptedIOException interrupted(int bytesTransferred) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted = new InterruptedIOException(what + ": interrupted");
        interrupted.bytesTransferred = bytesTransferred;
        return interrupted;
    }
}
