package dev.tern.quic.api;

import java.io.InterruptedIOException;
import java.util.ArrayDeque;

/**
 * What a peer started and the application has not taken yet: a queue that ends.
 *
 * @param <T> streams or connections
 */
final class Arrivals<T> {
    private final int capacity;
    private final ArrayDeque<T> waiting = new ArrayDeque<>();
    private boolean ended;
    private String failure;

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
     * @param why a sentence for a person, or null if that is as it should be
     */
    synchronized void end(String why) {
        if (!ended) {
            ended = true;
            failure = why;
            notifyAll();
        }
    }

    /** The next one, or null after a good end. */
    synchronized T take() throws QuicException, InterruptedIOException {
        while (waiting.isEmpty() && !ended) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for the peer");
            }
        }
        if (waiting.isEmpty() && failure != null) {
            throw new QuicException(failure);
        }
        return waiting.poll();
    }
}
