package dev.tern.perf.quic;

import dev.tern.quic.api.QuicConnection;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Makes connections one after the other, and closes each as soon as it stands. */
public final class Redial {
    private final Supplier<CompletableFuture<QuicConnection>> dial;
    private final Latencies latencies;
    private final CompletableFuture<Void> failed = new CompletableFuture<>();
    private volatile boolean ended;

    /**
     * @param dial begins one
     * @param latencies takes how long each took
     */
    public Redial(Supplier<CompletableFuture<QuicConnection>> dial, Latencies latencies) {
        this.dial = dial;
        this.latencies = latencies;
    }

    /** Begins with so many at a time; completed when one fails. */
    public CompletableFuture<Void> start(int connections) {
        for (int i = 0; i < connections; i++) {
            next();
        }
        return failed;
    }

    private void next() {
        if (ended) {
            return;
        }
        long beginNs = System.nanoTime();
        dial.get()
                .whenComplete(
                        (connection, failure) -> {
                            if (failure == null) {
                                latencies.record(System.nanoTime() - beginNs);
                                connection.close();
                                next();
                            } else {
                                failed.completeExceptionally(failure);
                            }
                        });
    }

    /** Begins no more. */
    public void end() {
        ended = true;
    }
}
