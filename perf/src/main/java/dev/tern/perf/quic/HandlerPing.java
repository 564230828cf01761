package dev.tern.perf.quic;

import dev.tern.quic.api.QuicException;
import dev.tern.quic.api.QuicStream;
import dev.tern.quic.api.StreamHandler;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** A byte there and back on one stream, on the endpoint's own thread. */
public final class HandlerPing implements StreamHandler {
    private final Latencies latencies;
    private final byte[] ball = new byte[1];
    private final CompletableFuture<Void> failed = new CompletableFuture<>();
    private boolean away;
    private long sentNs;

    private HandlerPing(Latencies latencies) {
        this.latencies = latencies;
    }

    /** Completed when it fails. */
    public static CompletableFuture<Void> start(QuicStream stream, Latencies latencies) {
        HandlerPing ping = new HandlerPing(latencies);
        stream.handler(ping);
        return ping.failed;
    }

    @Override
    public void onWritable(QuicStream stream) {
        try {
            send(stream);
        } catch (IOException e) {
            failed.completeExceptionally(e);
        }
    }

    @Override
    public void onReadable(QuicStream stream) {
        try {
            if (stream.readNow(ball, 0, 1) == 1) {
                latencies.record(System.nanoTime() - sentNs);
                away = false;
                send(stream);
            }
        } catch (IOException e) {
            failed.completeExceptionally(e);
        }
    }

    private void send(QuicStream stream) throws IOException {
        if (!away) {
            sentNs = System.nanoTime();
            away = stream.writeNow(ball, 0, 1) == 1;
        }
    }

    @Override
    public void onClosed(QuicStream stream, QuicException why) {
        failed.completeExceptionally(why == null ? new IOException("the stream has ended") : why);
    }
}
