package dev.tern.quic.api;

import dev.tern.quic.connection.Connection;
import dev.tern.quic.io.Deadline;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The messages of a connection that may get lost (RFC 9221): sent once, whole, in a packet each,
 * and not again. Neither direction ever waits for the other side: where more come than are taken,
 * the oldest give way, and are counted. Both sides must have allowed them ({@link
 * dev.tern.quic.connection.ConnectionConfigBuilder#datagrams}).
 */
public final class Datagrams {
    /** Some milliseconds of a fast network; older ones are as a rule worth less than new ones. */
    private static final int MAX_WAITING = 256;

    private final ConnectionOwner owner;
    private final Arrivals<byte[]> arrived = new Arrivals<>(MAX_WAITING);
    private final ArrayDeque<byte[]> outgoing = new ArrayDeque<>();
    private final Runnable flush = this::flush;
    private volatile Connection connection;
    private volatile DatagramHandler handler;
    private volatile QuicException over;
    private boolean flushing;
    private final AtomicLong droppedOutgoing = new AtomicLong();
    private final AtomicLong droppedIncoming = new AtomicLong();

    Datagrams(ConnectionOwner owner) {
        this.owner = owner;
    }

    /** The longest message that can be sent now; 0 if the peer takes none, or not yet. */
    public int maxBytes() {
        Connection started = connection;
        return started == null ? 0 : started.maxDatagramBytes();
    }

    /**
     * Sends a message, or rather hands it over: it is copied.
     *
     * @throws IllegalArgumentException if it is longer than {@link #maxBytes}
     * @throws QuicException if the connection is over
     */
    public void send(byte[] source, int offset, int length) throws QuicException {
        QuicException end = over;
        if (end != null) {
            throw end.again();
        }
        if (length > maxBytes()) {
            throw new IllegalArgumentException(
                    "a message of %d bytes: the limit is %d".formatted(length, maxBytes()));
        }
        byte[] message = new byte[length];
        System.arraycopy(source, offset, message, 0, length);
        if (add(message)) {
            owner.execute(flush);
        }
    }

    /** Sends a message, as {@link #send(byte[], int, int)} does. */
    public void send(byte[] message) throws QuicException {
        send(message, 0, message.length);
    }

    /** Returns whether nobody has been asked to flush yet. */
    private synchronized boolean add(byte[] message) {
        if (outgoing.size() == MAX_WAITING) {
            outgoing.pollFirst();
            droppedOutgoing.incrementAndGet();
        }
        outgoing.addLast(message);
        boolean first = !flushing;
        flushing = true;
        return first;
    }

    private synchronized byte[] next() {
        byte[] message = outgoing.pollFirst();
        flushing = message != null;
        return message;
    }

    /**
     * Waits for a message.
     *
     * @return null once the connection was closed without an error
     * @throws QuicException once it has ended with one
     */
    public byte[] receive() throws IOException {
        return receive(null);
    }

    /**
     * Waits for a message.
     *
     * @param timeout after which a {@link java.net.SocketTimeoutException} is thrown; null for none
     */
    public byte[] receive(Duration timeout) throws IOException {
        return arrived.take(Deadline.after(timeout));
    }

    /** Sets who takes messages from now on, in place of {@link #receive}. */
    public void handler(DatagramHandler newHandler) {
        handler = newHandler;
    }

    /** How many this side dropped before they left: sent faster than the network takes them. */
    public long droppedOutgoing() {
        Connection started = connection;
        return droppedOutgoing.get() + (started == null ? 0 : started.droppedDatagrams());
    }

    /** How many arrived and were dropped: nobody took them in time. */
    public long droppedIncoming() {
        return droppedIncoming.get();
    }

    // ---- the agent's thread

    void start(Connection started) {
        connection = started;
    }

    private void flush() {
        byte[] message;
        while ((message = next()) != null) {
            connection.sendDatagram(message);
        }
        owner.wake(connection);
    }

    void onArrived(byte[] buffer, int offset, int length) {
        DatagramHandler taker = handler;
        if (taker != null) {
            taker.onDatagram(buffer, offset, length);
            return;
        }
        byte[] message = new byte[length];
        System.arraycopy(buffer, offset, message, 0, length);
        if (!arrived.offer(message)) {
            arrived.poll();
            droppedIncoming.incrementAndGet();
            arrived.offer(message);
        }
    }

    void end(QuicException why, boolean clean) {
        over = why;
        arrived.end(clean ? null : why);
    }
}
