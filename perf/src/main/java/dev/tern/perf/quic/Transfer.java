package dev.tern.perf.quic;

import dev.tern.quic.api.QuicException;
import dev.tern.quic.api.QuicStream;
import dev.tern.quic.api.StreamHandler;
import dev.tern.quic.stream.StreamSink;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** A stream at the client: asks for so many bytes, sends so many, and throws away what comes. */
final class Transfer implements StreamHandler {
    private static final int BATCH_BYTES = 1 << 20;
    private static final StreamSink NOWHERE = (buffer, offset, length) -> {};

    private final byte[] header;
    private final Payload payload;
    private final AtomicLong sent;
    private final AtomicLong received;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private int headerWritten;

    /**
     * @param downBytes how many to ask for
     * @param upBytes how many to send behind that
     * @param sent counts those of all streams; written by the endpoint's thread only
     * @param received the same
     */
    Transfer(long downBytes, long upBytes, AtomicLong sent, AtomicLong received) {
        header = PerfProtocol.header(downBytes);
        payload = new Payload(upBytes);
        this.sent = sent;
        this.received = received;
    }

    /** Completed when all has arrived on both sides; fails if it cannot. */
    CompletableFuture<Void> done() {
        return done;
    }

    /** It could not even begin. */
    Void fail(Throwable why) {
        done.completeExceptionally(why);
        return null;
    }

    @Override
    public void onWritable(QuicStream stream) {
        try {
            if (headerWritten < header.length) {
                headerWritten +=
                        stream.writeNow(header, headerWritten, header.length - headerWritten);
            }
            if (headerWritten == header.length) {
                sent.lazySet(sent.getPlain() + payload.write(stream));
            }
        } catch (IOException e) {
            done.completeExceptionally(e);
        }
    }

    @Override
    public void onReadable(QuicStream stream) {
        try {
            long sum = 0;
            int read = stream.readNow(NOWHERE, BATCH_BYTES);
            while (read > 0) {
                sum += read;
                read = stream.readNow(NOWHERE, BATCH_BYTES);
            }
            received.lazySet(received.getPlain() + sum);
        } catch (IOException e) {
            done.completeExceptionally(e);
        }
    }

    @Override
    public void onClosed(QuicStream stream, QuicException why) {
        if (why == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(why);
        }
    }
}
