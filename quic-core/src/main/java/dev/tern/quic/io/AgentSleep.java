package dev.tern.quic.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Where an agent waits for datagrams, deadlines and other threads. */
final class AgentSleep {
    private static final long MS = 1_000_000L;

    /**
     * A selector counts in milliseconds, a pacer in microseconds. Below one, short naps: a timer of
     * the system is about that late anyway, and a datagram that arrives meanwhile waits no longer.
     */
    private static final long NAP_NS = 50_000L;

    private final Selector selector;
    private final AtomicBoolean sleeping = new AtomicBoolean();

    AgentSleep() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void add(UdpTransport transport) throws IOException {
        transport.register(selector);
    }

    /** A socket was closed: its port becomes free only when the selector has noticed. */
    void onClosed() {
        try {
            selector.selectNow(AgentSleep::ignore);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Agent: waits, never past the deadline, and perhaps not at all.
     *
     * @param quiet whether other threads want nothing; asked once the agent can be woken
     */
    void sleep(long deadlineNs, long nowNs, BooleanSupplier quiet) {
        long waitNs = deadlineNs - nowNs;
        if (waitNs < MS) {
            if (waitNs > 0) {
                LockSupport.parkNanos(Math.min(waitNs, NAP_NS));
            }
            return;
        }
        sleeping.set(true);
        try {
            if (quiet.getAsBoolean()) {
                selector.select(AgentSleep::ignore, waitNs / MS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            sleeping.set(false);
        }
    }

    /** Which socket it is that has something, the agent finds out by receiving. */
    private static void ignore(SelectionKey ready) {}

    /** Any thread: ends a sleep. Only the first of a burst costs a system call. */
    void wake() {
        if (sleeping.get() && sleeping.compareAndSet(true, false)) {
            selector.wakeup();
        }
    }

    void close() {
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
