package dev.tern.quic.io;

/**
 * Where an agent waits in the kernel until one of its sockets has something, or room again, another
 * thread wakes it, or time is up. Made by the first socket of the agent; the others must be of the
 * same kind.
 */
public interface Sleeper extends AutoCloseable {
    /** Waits at most this long, and perhaps not at all. Agent only. */
    void await(long waitNs);

    /**
     * Waits like {@link #await}, but where datagrams come one by one, those that arrive in the
     * first {@code gatherNs} do not end it: it may end then. Where they come in trains nothing is
     * gained. Agent only.
     */
    default void gather(long gatherNs, long waitNs) {
        await(waitNs);
    }

    /** Ends the wait that is under way, or the next one. Any thread. */
    void wake();

    /** A socket was closed. Agent only. */
    default void onClosed() {}

    @Override
    void close();
}
