package dev.tern.quic.io;

import org.agrona.concurrent.IdleStrategy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** How an agent waits for datagrams, deadlines and other threads. */
final class AgentSleep {
    private final AtomicBoolean sleeping = new AtomicBoolean();
    private volatile Sleeper sleeper = new ThreadSleeper();
    private IdleStrategy idle;
    private boolean hasSockets;

    /** Before the agent starts: what to do with nothing to do. */
    void mode(IdleMode mode) {
        idle = mode.strategy();
    }

    /** Lets a socket wake the agent. */
    void add(UdpTransport transport) throws IOException {
        if (!hasSockets) {
            sleeper = transport.newSleeper();
            hasSockets = true;
        }
        transport.register(sleeper);
    }

    void onClosed() {
        sleeper.onClosed();
    }

    /** Agent: there was something to do. */
    void onWork() {
        if (idle != null) {
            idle.reset();
        }
    }

    /**
     * Agent: waits, never past the deadline, and perhaps not at all.
     *
     * @param gatherNs for how long datagrams that come one by one are to wake nobody, and then the
     *     agent; 0 if they are to wake it at once
     * @param quiet whether other threads want nothing; asked once the agent can be woken
     */
    void sleep(long deadlineNs, long nowNs, long gatherNs, BooleanSupplier quiet) {
        long waitNs = deadlineNs - nowNs;
        if (waitNs <= 0) {
            return;
        }
        if (idle != null) {
            idle.idle();
            return;
        }
        sleeping.set(true);
        try {
            if (quiet.getAsBoolean()) {
                if (gatherNs > 0) {
                    sleeper.gather(gatherNs, waitNs);
                } else {
                    sleeper.await(waitNs);
                }
            }
        } finally {
            sleeping.set(false);
        }
    }

    /** Any thread: ends a sleep. Only the first of a burst costs a system call. */
    void wake() {
        if (sleeping.get() && sleeping.compareAndSet(true, false)) {
            sleeper.wake();
        }
    }

    void close() {
        sleeper.close();
    }
}
