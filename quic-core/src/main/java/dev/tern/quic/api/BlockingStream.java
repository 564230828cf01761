package dev.tern.quic.api;

import dev.tern.quic.io.Waiter;
import dev.tern.quic.stream.Stream;
import dev.tern.quic.stream.StreamResetException;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * A stream for threads that wait: one may write while another reads. Neither may be the agent's,
 * which would wait for itself. An interrupted thread leaves its wait with an {@link
 * InterruptedIOException} and stays interrupted.
 *
 * <p>The agent's thread reports events by {@link #onReadable}, {@link #onWritable} and {@link
 * #onClosed}.
 */
public final class BlockingStream {
    private final Stream stream;
    private final Waiter reader = new Waiter();
    private final Waiter writer = new Waiter();
    private volatile String closed;

    /** Around a stream whose events the caller passes on. */
    public BlockingStream(Stream stream) {
        this.stream = stream;
    }

    public long id() {
        return stream.id();
    }

    public boolean isBidirectional() {
        return stream.isBidirectional();
    }

    /** See {@link Stream#setUrgency}. */
    public void setUrgency(int urgency) {
        stream.setUrgency(urgency);
    }

    // ---- writing

    /**
     * Writes all bytes; waits while the peer, or the network, is slower.
     *
     * @throws QuicException if the connection is over, or the peer wants no more
     */
    public void write(byte[] source, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, source.length);
        int written = 0;
        while (written < length) {
            throwIfClosed();
            int count = writeNow(source, offset + written, length - written);
            written += count;
            if (count == 0) {
                await(writer, written);
            }
        }
    }

    private int writeNow(byte[] source, int offset, int length) throws QuicException {
        try {
            return stream.send().write(source, offset, length);
        } catch (StreamResetException e) {
            throw new QuicException(e.getMessage(), e);
        }
    }

    /** Writes all bytes, as {@link #write(byte[], int, int)} does. */
    public void write(byte[] source) throws IOException {
        write(source, 0, source.length);
    }

    /** What was written is all there is; the peer reads to the end of it. Does not wait. */
    public void finish() {
        stream.send().finish();
    }

    /**
     * Waits until the peer has acknowledged everything, the end of the stream with it; to be called
     * after {@link #finish}.
     *
     * @throws QuicException if the connection ends before, or the peer wants no more
     */
    public void awaitDelivery() throws IOException {
        while (!stream.send().isDelivered()) {
            throwIfClosed();
            if (stream.send().isStopped()) {
                throw new QuicException("stream " + id() + ": the peer wants no more");
            }
            await(writer, 0);
        }
    }

    /** Gives up writing: what has not arrived yet need not. Does not wait. */
    public void reset(long errorCode) {
        stream.send().reset(errorCode);
    }

    // ---- reading

    /**
     * Reads what there is, and waits until there is something.
     *
     * @return how many bytes, or -1 at the end of the stream
     * @throws QuicException if the connection is over, or the peer gave the stream up
     */
    public int read(byte[] destination, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, destination.length);
        if (length == 0) {
            return 0;
        }
        while (true) {
            // In this order: what arrived before the end can be read after it.
            String over = closed;
            int count = readNow(destination, offset, length);
            if (count != 0) {
                return count;
            }
            if (over != null) {
                throw new QuicException(over);
            }
            await(reader, 0);
        }
    }

    private int readNow(byte[] destination, int offset, int length) throws QuicException {
        try {
            return stream.receive().read(destination, offset, length);
        } catch (StreamResetException e) {
            throw new QuicException(e.getMessage(), e);
        }
    }

    /** Reads what there is, as {@link #read(byte[], int, int)} does. */
    public int read(byte[] destination) throws IOException {
        return read(destination, 0, destination.length);
    }

    /** Wants no more: the peer is asked to stop. Does not wait. */
    public void stopSending(long errorCode) {
        stream.receive().stopSending(errorCode);
    }

    // ---- as the JDK's streams

    /** The reading half. Closing it before the end asks the peer to stop. */
    public InputStream inputStream() {
        return new StreamInput(this);
    }

    /** The writing half. Closing it finishes the stream; flushing does nothing. */
    public OutputStream outputStream() {
        return new StreamOutput(this);
    }

    boolean isReadToEnd() {
        return stream.receive().finished();
    }

    // ---- the agent's thread

    /** There is something to read. */
    public void onReadable() {
        reader.signal();
    }

    /** There is room to write, or the peer wants no more. */
    public void onWritable() {
        writer.signal();
    }

    /**
     * The connection is over.
     *
     * @param reason a sentence for a person
     */
    public void onClosed(String reason) {
        closed = reason;
        reader.signal();
        writer.signal();
    }

    private void throwIfClosed() throws QuicException {
        String over = closed;
        if (over != null) {
            throw new QuicException(over);
        }
    }

    private void await(Waiter waiter, int bytesTransferred) throws InterruptedIOException {
        try {
            waiter.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted =
                    new InterruptedIOException("stream " + stream.id() + ": interrupted");
            interrupted.bytesTransferred = bytesTransferred;
            throw interrupted;
        }
    }
}
