package dev.tern.quic.api;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waiting for what the agent's thread does. */
final class Results {
    private Results() {}

    static <T> T await(CompletableFuture<T> result) throws IOException {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the endpoint");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof QuicException failure) {
                throw failure.again();
            }
            throw new QuicException(e.getCause().getMessage(), e.getCause());
        }
    }
}
