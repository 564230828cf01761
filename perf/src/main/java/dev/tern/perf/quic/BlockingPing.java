package dev.tern.perf.quic;

import dev.tern.quic.api.QuicStream;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** A byte there and back on one stream, by a thread that waits. */
public final class BlockingPing {
    private BlockingPing() {}

    /** Completed when it fails. */
    public static CompletableFuture<Void> start(QuicStream stream, Latencies latencies) {
        CompletableFuture<Void> failed = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(
                        () -> {
                            try {
                                run(stream, latencies);
                            } catch (IOException e) {
                                failed.completeExceptionally(e);
                            }
                        });
        return failed;
    }

    private static void run(QuicStream stream, Latencies latencies) throws IOException {
        byte[] ball = new byte[1];
        int length = 1;
        while (length == 1) {
            long sentNs = System.nanoTime();
            stream.write(ball, 0, 1);
            length = stream.read(ball, 0, 1);
            latencies.record(System.nanoTime() - sentNs);
        }
        throw new IOException("the stream has ended");
    }
}
