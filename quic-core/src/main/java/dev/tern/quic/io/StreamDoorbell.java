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

    /** Sets how to wake the agent that {@link #serve}s. */
    void wakeBy(Runnable waker) {
        agentWaker = waker;
    }

    @Override
    public void onStreamWritten(Connection connection, Stream stream) {
        rings.offer(new Ring(connection, stream));
        agentWaker.run();
    }

    boolean isEmpty() {
        return rings.isEmpty();
    }

    /**
     * Agent: lets the connections see what was done.
     *
     * @param wake tells the node that a connection may have something to send
     */
    int serve(Consumer<Connection> wake) {
        int count = 0;
        Ring ring;
        while (count < CHUNK && (ring = rings.poll()) != null) {
            ring.connection().streams().onWritten(ring.stream());
            wake.accept(ring.connection());
            count++;
        }
        return count;
    }
}
