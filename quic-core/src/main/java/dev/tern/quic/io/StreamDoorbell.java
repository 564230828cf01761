package dev.tern.quic.io;

import dev.tern.quic.connection.Connection;
import dev.tern.quic.connection.ConnectionWaker;
import dev.tern.quic.stream.Stream;

import org.jctools.queues.varhandle.MpscUnboundedVarHandleArrayQueue;

import java.util.Queue;
import java.util.function.Consumer;

/**
 * How application threads wake an agent: a queue of the streams they wrote to or read from. A
 * stream is in it once at most, which bounds it. Made before the endpoint, which wants a waker, and
 * handed to the agent.
 */
public final class StreamDoorbell implements ConnectionWaker {
    private static final int CHUNK = 1024;

    private record Ring(Connection connection, Stream stream) {}

    private final Queue<Ring> rings = new MpscUnboundedVarHandleArrayQueue<>(CHUNK);
    private volatile Runnable agentWaker = () -> {};
    private volatile Consumer<Connection> wake = connection -> {};
    private volatile Thread agentThread;

    /**
     * Sets how to wake the agent that {@link #serve}s, and how it tells its node that a connection
     * may have something to send.
     */
    void connect(Runnable waker, Consumer<Connection> nodeWaker) {
        agentWaker = waker;
        wake = nodeWaker;
    }

    /** The agent has a thread: what that does itself needs no bell. */
    void servedBy(Thread thread) {
        agentThread = thread;
    }

    @Override
    public void onStreamWritten(Connection connection, Stream stream) {
        if (Thread.currentThread().equals(agentThread)) {
            take(connection, stream);
        } else {
            rings.offer(new Ring(connection, stream));
            agentWaker.run();
        }
    }

    private void take(Connection connection, Stream stream) {
        connection.streams().onWritten(stream);
        wake.accept(connection);
    }

    boolean isEmpty() {
        return rings.isEmpty();
    }

    /** Agent: lets the connections see what was done. */
    int serve() {
        int count = 0;
        Ring ring;
        while (count < CHUNK && (ring = rings.poll()) != null) {
            take(ring.connection(), ring.stream());
            count++;
        }
        return count;
    }
}
