package dev.tern.quic.api;

import dev.tern.quic.io.Deadline;
import dev.tern.quic.io.EndpointAgent;
import dev.tern.quic.stream.SendStream;
import dev.tern.quic.stream.Stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.time.Duration;

/**
 * What application threads do with the sending half of a stream. The half itself bears one thread
 * at a time: that is what the monitor is for.
 */
final class WritingHalf {
    private final long streamId;
    private final SendStream half;
    private final HalfWait wait;
    private volatile boolean reset;
    private volatile QuicException over;

    WritingHalf(Stream stream, EndpointAgent agent) {
        streamId = stream.id();
        half = stream.send();
        wait = new HalfWait(agent, "writing stream " + streamId);
    }

    boolean exists() {
        return half != null;
    }

    void timeout(Duration duration) {
        wait.timeout(duration);
    }

    int write(ByteBuffer source) throws IOException {
        checkExists();
        int length = source.remaining();
        Deadline deadline = wait.begin();
        try {
            while (true) {
                throwIfOver();
                writeNow(source);
                if (!source.hasRemaining()) {
                    return length;
                }
                wait.await(deadline, length - source.remaining());
            }
        } finally {
            wait.end();
        }
    }

    synchronized int writeNow(byte[] source, int offset, int length) throws IOException {
        checkOpen();
        return half.write(source, offset, length);
    }

    synchronized int writeNow(ByteBuffer source) throws IOException {
        checkOpen();
        return half.write(source);
    }

    private void checkOpen() throws IOException {
        checkExists();
        throwIfStopped();
        if (half.isEnded()) {
            throw new ClosedChannelException();
        }
    }

    private void checkExists() {
        if (half == null) {
            throw new NonWritableChannelException();
        }
    }

    private void throwIfStopped() throws StreamResetException {
        if (half.isStopped()) {
            throw new StreamResetException(streamId, half.stopCode(), null);
        }
    }

    int writableBytes() {
        checkExists();
        return half.writableBytes();
    }

    synchronized void finish() {
        checkExists();
        half.finish();
        wait.signal();
    }

    synchronized void reset(long errorCode) {
        checkExists();
        reset = true;
        half.reset(errorCode);
        wait.signal();
    }

    /** What was written is all there is, unless it was given up before. */
    synchronized void close() {
        if (half != null && !half.isEnded()) {
            finish();
        }
    }

    boolean isDelivered() {
        checkExists();
        return half.isDelivered();
    }

    void awaitDelivery(Duration timeout) throws IOException {
        checkExists();
        if (!half.isEnded()) {
            throw new IllegalStateException(
                    "stream " + streamId + ": delivery is complete only after finish");
        }
        Deadline begun = wait.begin();
        Deadline deadline = timeout == null ? begun : Deadline.after(timeout);
        try {
            while (!half.isDelivered()) {
                throwIfOver();
                throwIfStopped();
                if (reset) {
                    throw new ClosedChannelException();
                }
                wait.await(deadline, 0);
            }
        } finally {
            wait.end();
        }
    }

    private void throwIfOver() throws QuicException {
        QuicException end = over;
        if (end != null) {
            throw end.again();
        }
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
