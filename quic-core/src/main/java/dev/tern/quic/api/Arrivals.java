package dev.tern.quic.api;

import dev.tern.quic.io.Deadline;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * What a peer started and the application has not taken yet: a queue that ends.
 *
 * @param <T> streams, connections or messages
 */
final class Arrivals<T> {
    private final int capacity;
    private final ArrayDeque<T> waiting = new ArrayDeque<>();
    private boolean ended;
    private QuicException failure;

    Arrivals(int capacity) {
        this.capacity = capacity;
    }

    /** Returns false if it is full, or at its end. */
    synchronized boolean offer(T arrived) {
        if (ended || waiting.size() == capacity) {
            return false;
        }
        waiting.add(arrived);
        notifyAll();
        return true;
    }

    /**
     * Nothing more will arrive.
     *
     * @param why null if that is as it should be
     */
    synchronized void end(QuicException why) {
        if (!ended) {
            ended = true;
            failure = why;
            notifyAll();
        }
    }

    /**
     * The next one, or null after a good end.
     *
     * @throws SocketTimeoutException when the time is over
     */
    synchronized T take(Deadline deadline) throws IOException {
        while (waiting.isEmpty() && !ended) {
            if (deadline.isOver()) {
                throw new SocketTimeoutException("nothing came from the peer in time");
            }
            await(deadline);
        }
        if (waiting.isEmpty() && failure != null) {
            throw failure.again();
        }
        return waiting.poll();
    }

    private void await(Deadline deadline) throws InterruptedIOException {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, deadline.leftNs());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the peer");
        }
    }

    /** The next one, if there is one already. */
    synchronized T poll() {
        return waiting.poll();
    }
}
