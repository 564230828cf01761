package dev.tern.peer.io;

import dev.tern.relay.RelayAddress;
import dev.tern.relay.client.RelaySessionListener;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether the relay knows this peer, for threads that wait for it. */
final class RelayStatus implements RelaySessionListener {
    private final CompletableFuture<Void> up = new CompletableFuture<>();
    private volatile String lastTrouble = "it did not answer";

    void awaitUp(RelayAddress relay, long timeoutMs) throws IOException, InterruptedException {
        try {
            up.get(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IOException(
                    "cannot reach the relay at "
                            + relay.address().getHostString()
                            + ":"
                            + relay.address().getPort()
                            + " ("
                            + lastTrouble
                            + "); check the address and that UDP is allowed",
                    e);
        }
    }

    void fail(String why) {
        lastTrouble = why;
        up.completeExceptionally(new IOException(why));
    }

    @Override
    public void onUp(long nowNs) {
        up.complete(null);
    }

    @Override
    public void onDown(String reason, long nowNs) {
        lastTrouble = reason;
    }
}
