package dev.tern.quic.api;

import dev.tern.quic.connection.Connection;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** What a connection needs of its endpoint. */
interface ConnectionOwner {
    /** Does it on the agent's thread. */
    <T> CompletableFuture<T> call(Callable<T> body);

    /** Does it on the agent's thread, unless that has ended, and all connections with it. */
    void execute(Runnable body);

    /** Agent: the time of this round. */
    long nowNs();

    /** Agent: the connection may have something to send. */
    void wake(Connection connection);

    /** Agent: the peer is authenticated. */
    void onEstablished(QuicConnection connection, boolean dialled);

    /** Agent: the connection is over. */
    void forget(QuicConnection connection);
}
