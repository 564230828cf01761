package dev.tern.quic.api;

import dev.tern.quic.io.EndpointAgent;
import dev.tern.quic.stream.Stream;
import dev.tern.quic.stream.StreamSink;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.time.Duration;

/**
 * A stream of a connection (RFC 9000 §2), to be used in one of two ways.
 *
 * <p><b>Threads that wait</b>, virtual ones best: {@link #read}, {@link #write}, {@link
 * #inputStream}, {@link #outputStream}. One thread may write while another reads; several on the
 * same half wait for each other. An interrupted thread leaves its wait with an {@link
 * java.io.InterruptedIOException} and stays interrupted; one that waits longer than its timeout
 * leaves with a {@link java.net.SocketTimeoutException}. Both say how many bytes were transferred,
 * and the stream can be used on.
 *
 * <p><b>A handler</b> ({@link #handler}), called on the endpoint's own thread, that uses the forms
 * with {@code Now}: they never wait and never allocate. The endpoint's thread must not use the
 * forms that wait.
 *
 * <p><b>The end.</b> Each half ends on its own. The sending half: {@link #finish} says that all is
 * written, {@link #reset} gives up. The receiving half: the peer finishes (a read returns -1) or
 * resets (a read throws a {@link StreamResetException}), or {@link #stopSending} gives up. {@link
 * #close} finishes the one and gives up the other, and waits for nothing; {@link #awaitDelivery}
 * does. After that reads and writes throw {@link java.nio.channels.ClosedChannelException}. When
 * the connection is over, what had arrived can still be read; then reads and writes throw its
 * {@link QuicException}.
 */
public final class QuicStream implements ByteChannel {
    private final Stream stream;
    private final EndpointAgent agent;
    private final ReadingHalf reading;
    private final WritingHalf writing;
    private final HandlerCalls calls;
    private volatile boolean closed;

    /**
     * Around a stream whose events the caller passes on.
     *
     * @param agent whose thread the stream belongs to
     */
    public QuicStream(Stream stream, EndpointAgent agent) {
        this.stream = stream;
        this.agent = agent;
        reading = new ReadingHalf(stream, agent);
        writing = new WritingHalf(stream, agent);
        calls = new HandlerCalls(this, agent);
    }

    /** Its number (RFC 9000 §2.1). */
    public long id() {
        return stream.id();
    }

    /** Whether both sides may write. */
    public boolean isBidirectional() {
        return stream.isBidirectional();
    }

    /** Whether this side opened it. */
    public boolean isLocallyInitiated() {
        return stream.isLocallyInitiated();
    }

    /**
     * How it is served beside the connection's other streams (RFC 9218 §4 has the same terms, but
     * what is told to the peer is the application's business).
     *
     * @param urgency 0 (first) to 7; 3 unless set
     * @param incremental whether it takes turns with others of its urgency, as it does unless set;
     *     else it is sent to its end first
     */
    public void priority(int urgency, boolean incremental) {
        stream.setIncremental(incremental);
        stream.setUrgency(urgency);
    }

    // ---- for threads that wait

    /** How long a read may wait; null for as long as it takes, which is so unless set. */
    public void readTimeout(Duration timeout) {
        reading.timeout(timeout);
    }

    /** How long a write, or {@link #awaitDelivery()}, may wait; null for as long as it takes. */
    public void writeTimeout(Duration timeout) {
        writing.timeout(timeout);
    }

    /**
     * Reads what there is, and waits until there is something.
     *
     * @return how many bytes, or -1 at the end of the stream
     * @throws StreamResetException if the peer gave the stream up
     * @throws QuicException if the connection is over
     */
    @Override
    public int read(ByteBuffer destination) throws IOException {
        return reading.read(destination);
    }

    /** Reads what there is, as {@link #read(ByteBuffer)} does. */
    public int read(byte[] destination, int offset, int length) throws IOException {
        return reading.read(ByteBuffer.wrap(destination, offset, length));
    }

    /** Reads what there is, as {@link #read(ByteBuffer)} does. */
    public int read(byte[] destination) throws IOException {
        return reading.read(ByteBuffer.wrap(destination));
    }

    /**
     * Writes all that remains; waits while the peer, or the network, is slower.
     *
     * @return how many bytes: all
     * @throws StreamResetException if the peer wants no more
     * @throws QuicException if the connection is over
     */
    @Override
    public int write(ByteBuffer source) throws IOException {
        return writing.write(source);
    }

    /** Writes all of it, as {@link #write(ByteBuffer)} does. */
    public void write(byte[] source, int offset, int length) throws IOException {
        writing.write(ByteBuffer.wrap(source, offset, length));
    }

    /** Writes all of it, as {@link #write(ByteBuffer)} does. */
    public void write(byte[] source) throws IOException {
        writing.write(ByteBuffer.wrap(source));
    }

    /** The reading half. Closing it before the end asks the peer to stop. */
    public InputStream inputStream() {
        return new StreamInput(this);
    }

    /** The writing half. Closing it finishes the stream; flushing does nothing. */
    public OutputStream outputStream() {
        return new StreamOutput(this);
    }

    /**
     * Waits until the peer has acknowledged everything, the end of the stream with it; to be called
     * after {@link #finish}.
     *
     * @throws StreamResetException if the peer wants no more
     * @throws QuicException if the connection ends before
     */
    public void awaitDelivery() throws IOException {
        writing.awaitDelivery(null);
    }

    /** The same, for so long at most: then it throws a {@link java.net.SocketTimeoutException}. */
    public void awaitDelivery(Duration timeout) throws IOException {
        writing.awaitDelivery(timeout);
    }

    // ---- without waiting

    /** What was written is all there is; the peer reads to the end of it. */
    public void finish() {
        writing.finish();
    }

    /** Gives up writing: what has not arrived yet need not (RESET_STREAM). */
    public void reset(long errorCode) {
        writing.reset(errorCode);
    }

    /** Wants no more: the peer is asked to stop (STOP_SENDING). */
    public void stopSending(long errorCode) {
        reading.stopSending(errorCode);
    }

    /** Whether the peer has acknowledged everything, the end of the stream with it. */
    public boolean isDelivered() {
        return writing.isDelivered();
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    /** Finishes writing, and asks the peer to stop if it has more. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            writing.close();
            reading.close();
        }
    }

    /** Sets who is called when there is something to do, at once with what there is already. */
    public void handler(StreamHandler handler) {
        if (agent.isOwnThread()) {
            calls.set(handler);
        } else {
            agent.execute(() -> calls.set(handler));
        }
    }

    /**
     * Takes what is there.
     *
     * @return how many bytes; 0 if there are none yet, -1 at the end of the stream
     * @throws StreamResetException if the peer gave the stream up
     */
    public int readNow(byte[] destination, int offset, int length) throws IOException {
        return reading.readNow(destination, offset, length);
    }

    /** Takes what is there, as {@link #readNow(byte[], int, int)} does. */
    public int readNow(ByteBuffer destination) throws IOException {
        return reading.readNow(destination);
    }

    /** Shows what is there where it lies, {@code limit} bytes at most, without a copy. */
    public int readNow(StreamSink sink, int limit) throws IOException {
        return reading.readNow(sink, limit);
    }

    /**
     * Writes what there is room for.
     *
     * @return how many bytes; where it is less, {@link StreamHandler#onWritable} follows
     * @throws StreamResetException if the peer wants no more
     */
    public int writeNow(byte[] source, int offset, int length) throws IOException {
        return writing.writeNow(source, offset, length);
    }

    /** Writes what there is room for, as {@link #writeNow(byte[], int, int)} does. */
    public int writeNow(ByteBuffer source) throws IOException {
        return writing.writeNow(source);
    }

    /** How many bytes {@link #writeNow(ByteBuffer)} would take. */
    public int writableBytes() {
        return writing.writableBytes();
    }

    // ---- inside

    boolean isReadable() {
        return reading.exists();
    }

    boolean isWritable() {
        return writing.exists();
    }

    boolean isReadToEnd() {
        return reading.isReadToEnd();
    }

    void wakeReader() {
        reading.wake();
    }

    void wakeWriter() {
        writing.wake();
    }

    void giveUp() {
        if (writing.exists()) {
            writing.reset(0);
        }
        reading.close();
    }

    // ---- for who passes on its events, on the agent's thread

    /** There is something to read. */
    public void onReadable() {
        calls.onReadable();
    }

    /** There is room to write, or the peer wants no more. */
    public void onWritable() {
        calls.onWritable();
    }

    /** Both halves are done with. */
    public void onDone() {
        calls.onClosed(null);
    }

    /** The connection is over. */
    public void onOver(QuicException why) {
        // Both first: whoever wakes up by the one may look at the other at once.
        reading.over(why);
        writing.over(why);
        wakeReader();
        wakeWriter();
        calls.onClosed(why);
    }
}
