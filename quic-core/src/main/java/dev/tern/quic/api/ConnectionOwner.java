package dev.tern.quic.api;

import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.io.EndpointAgent;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** What a connection needs of its endpoint. */
interface ConnectionOwner {
    /** Whose thread the connection belongs to. */
    EndpointAgent agent();

    /** Does it on the agent's thread; at once if that is the caller. */
    <T> CompletableFuture<T> call(Callable<T> body);

    /** Does it on the agent's thread, unless that has ended, and all connections with it. */
    void execute(Runnable body);

    /** Agent: the time of this round. */
    long nowNs();

    /** Agent: the connection may have something to send. */
    void wake(Connection connection);

    /** Agent: the peer is authenticated. */
    void onEstablished(QuicConnection connection, boolean dialled);

    /** Agent: a server sent a ticket. */
    void onSessionTicket(QuicConnection connection, SessionTicket ticket);

    /** Agent: opens a socket for this connection, or shares the one that is open already. */
    InetSocketAddress openAddress(
            QuicConnection connection, InetSocketAddress local, String interfaceName)
            throws IOException;

    /** Agent: this connection needs that socket no longer. */
    void releaseAddress(QuicConnection connection, InetSocketAddress local);

    /** Agent: this connection will send nothing more. */
    void releaseAddresses(QuicConnection connection);

    /** Agent: the connection is over. */
    void forget(QuicConnection connection);
}
