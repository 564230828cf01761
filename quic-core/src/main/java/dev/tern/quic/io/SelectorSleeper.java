package dev.tern.quic.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** Waits for channels of the JDK. */
final class SelectorSleeper implements Sleeper {
    private static final long MS = 1_000_000L;

    /**
     * A selector counts in milliseconds, a pacer in microseconds. Below one, short naps: a timer of
     * the system is about that late anyway, and a datagram that arrives meanwhile waits no longer.
     */
    private static final long NAP_NS = 50_000L;

    private final Selector selector;
    private final ThreadSleeper threads = new ThreadSleeper();

    SelectorSleeper() throws IOException {
        selector = Selector.open();
    }

    SelectionKey add(SelectableChannel channel) throws IOException {
        return channel.register(selector, SelectionKey.OP_READ);
    }

    @Override
    public void await(long waitNs) {
        if (waitNs < MS) {
            threads.await(Math.min(waitNs, NAP_NS));
            return;
        }
        try {
            selector.select(SelectorSleeper::ignore, waitNs / MS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Which socket it is that has something, the agent finds out by receiving. */
    private static void ignore(SelectionKey ready) {}

    @Override
    public void gather(long gatherNs, long waitNs) {
        threads.await(Math.min(gatherNs, waitNs));
    }

    @Override
    public void wake() {
        threads.wake();
        selector.wakeup();
    }

    /** A port becomes free only when the selector has noticed. */
    @Override
    public void onClosed() {
        try {
            selector.selectNow(SelectorSleeper::ignore);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
