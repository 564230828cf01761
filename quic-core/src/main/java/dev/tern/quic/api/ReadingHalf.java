package dev.tern.quic.api;

import dev.tern.quic.io.Deadline;
import dev.tern.quic.io.EndpointAgent;
import dev.tern.quic.stream.ReceiveStream;
import dev.tern.quic.stream.Stream;
import dev.tern.quic.stream.StreamSink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.time.Duration;

/**
 * What application threads do with the receiving half of a stream. The half itself bears one thread
 * at a time: that is what the monitor is for.
 */
final class ReadingHalf {
    private final long streamId;
    private final ReceiveStream half;
    private final HalfWait wait;
    private boolean stopped;
    private volatile QuicException over;

    ReadingHalf(Stream stream, EndpointAgent agent) {
        streamId = stream.id();
        half = stream.receive();
        wait = new HalfWait(agent, "reading stream " + streamId);
    }

    boolean exists() {
        return half != null;
    }

    void timeout(Duration duration) {
        wait.timeout(duration);
    }

    int read(ByteBuffer destination) throws IOException {
        checkExists();
        if (!destination.hasRemaining()) {
            return 0;
        }
        Deadline deadline = wait.begin();
        try {
            while (true) {
                // In this order: what arrived before the end can be read after it.
                QuicException end = over;
                int count = readNow(destination);
                if (count != 0) {
                    return count;
                }
                if (end != null) {
                    throw end.again();
                }
                wait.await(deadline, 0);
            }
        } finally {
            wait.end();
        }
    }

    synchronized int readNow(byte[] destination, int offset, int length) throws IOException {
        checkOpen();
        try {
            return half.read(destination, offset, length);
        } catch (dev.tern.quic.stream.StreamResetException e) {
            throw reset(e);
        }
    }

    synchronized int readNow(ByteBuffer destination) throws IOException {
        checkOpen();
        try {
            return half.read(destination);
        } catch (dev.tern.quic.stream.StreamResetException e) {
            throw reset(e);
        }
    }

    synchronized int readNow(StreamSink sink, int limit) throws IOException {
        checkOpen();
        try {
            return half.read(sink, limit);
        } catch (dev.tern.quic.stream.StreamResetException e) {
            throw reset(e);
        }
    }

    private StreamResetException reset(dev.tern.quic.stream.StreamResetException e) {
        return new StreamResetException(streamId, e.code(), e);
    }

    private void checkOpen() throws ClosedChannelException {
        checkExists();
        if (stopped) {
            throw new ClosedChannelException();
        }
    }

    private void checkExists() {
        if (half == null) {
            throw new NonReadableChannelException();
        }
    }

    synchronized void stopSending(long errorCode) {
        checkExists();
        if (!stopped) {
            stopped = true;
            half.stopSending(errorCode);
            wait.signal();
        }
    }

    /** Asks the peer to stop, unless there is nothing more to come anyway. */
    synchronized void close() {
        if (half != null && !half.finished()) {
            stopSending(0);
        }
        stopped = true;
        wait.signal();
    }

    boolean isReadToEnd() {
        return half.finished();
    }

    // ---- the agent's thread

    void wake() {
        wait.signal();
    }

    /** Takes effect for who waits with the next signal. */
    void over(QuicException why) {
        over = why;
    }
}
