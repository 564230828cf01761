package dev.tern.quic.api;

import dev.tern.crypto.identity.PkixVerifier;
import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.crypto.tls.TlsConfigBuilder;
import dev.tern.quic.cid.SelfDescribingId;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.endpoint.Acceptor;
import dev.tern.quic.endpoint.Endpoint;
import dev.tern.quic.io.AgentListener;
import dev.tern.quic.io.Deadline;
import dev.tern.quic.io.EndpointAgent;
import dev.tern.quic.io.StreamDoorbell;
import dev.tern.quic.io.SystemClock;
import dev.tern.quic.io.SystemRandom;
import dev.tern.quic.wire.ConnectionId;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * A socket, or several, that speaks QUIC, as client, server or both, with a thread of its own. An
 * echo server:
 *
 * <pre>{@code
 * try (QuicEndpoint server = QuicEndpoint.builder()
 *         .bind(new InetSocketAddress("0.0.0.0", 4433))
 *         .accept(Path.of("cert.pem"), Path.of("key.pem"), "echo")
 *         .open()) {
 *     QuicStream stream = server.accept().acceptStream();
 *     stream.inputStream().transferTo(stream.outputStream());
 *     stream.finish();
 *     stream.awaitDelivery();
 * }
 * }</pre>
 *
 * <p>All methods may be called by any thread; those that wait not by the endpoint's own, on which
 * handlers are called.
 */
public final class QuicEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QuicEndpoint.class);

    /** Connections that nobody takes: more are refused. */
    private static final int MAX_WAITING_CONNECTIONS = 1024;

    private static final int RESET_KEY_BYTES = 32;

    private final Arrivals<QuicConnection> arrivals = new Arrivals<>(MAX_WAITING_CONNECTIONS);
    private final Set<QuicConnection> connections = new LinkedHashSet<>();
    private final Owner owner = new Owner();
    private final SecureRandom random = SystemRandom.create();
    private final ConnectionConfig acceptConfig;
    private final ConnectionHandler acceptHandler;
    private final Sessions sessions;
    private final Endpoint endpoint;
    private final EndpointAgent agent;
    private final EndpointSockets sockets;
    private final List<InetSocketAddress> locals;

    QuicEndpoint(QuicEndpointBuilder builder) throws IOException {
        acceptConfig = builder.acceptConfig();
        acceptHandler = builder.acceptHandler();
        sessions = new Sessions(builder.sessions());
        byte[] resetKey = new byte[RESET_KEY_BYTES];
        random.nextBytes(resetKey);
        StreamDoorbell doorbell = new StreamDoorbell();
        endpoint =
                new Endpoint(
                        remote -> SelfDescribingId.mintDirect(random),
                        acceptConfig == null ? null : this::accept,
                        doorbell,
                        random,
                        resetKey);
        endpoint.retryFromHalfOpen(builder.retryFrom());
        agent =
                new EndpointAgent(
                        endpoint,
                        doorbell,
                        endpoint::wake,
                        builder.transports(),
                        new SystemClock(),
                        new AgentReports());
        try {
            sockets = new EndpointSockets(agent, builder.binds());
        } catch (IOException e) {
            agent.close();
            throw e;
        }
        locals = sockets.bound();
        agent.start("quic-" + localAddress().getPort());
    }

    /** Starts with a client on any port. */
    public static QuicEndpointBuilder builder() {
        return new QuicEndpointBuilder();
    }

    /** The address bound to, with the port that was given; of several the first. */
    public InetSocketAddress localAddress() {
        return locals.getFirst();
    }

    /** The addresses bound to when the endpoint was opened, with the ports that were given. */
    public List<InetSocketAddress> localAddresses() {
        return locals;
    }

    // ---- dialling

    /**
     * Opens a connection to a server whose certificate must lead to an authority that the platform
     * trusts and name that host, and waits until it is authenticated.
     *
     * @param applicationProtocols ALPN, the best first
     * @throws QuicException if there is no answer, or the handshake fails
     */
    public QuicConnection connect(String host, int port, String... applicationProtocols)
            throws IOException {
        TlsConfig tls =
                new TlsConfigBuilder(random, applicationProtocols)
                        .serverName(host)
                        .verifier(PkixVerifier.server(host, SystemClock::timeOfDayMs))
                        .build();
        return connect(new InetSocketAddress(host, port), ConnectionConfig.of(tls));
    }

    /**
     * Opens a connection and waits until the peer is authenticated.
     *
     * @throws QuicException if there is no answer, or the handshake fails
     */
    public QuicConnection connect(InetSocketAddress remote, ConnectionConfig config)
            throws IOException {
        return established(dial(remote, sessions.resume(remote, config)));
    }

    /**
     * Opens a connection whose streams can be written to at once, before the server has answered
     * (0-RTT), if there is a session to go on with that allows it; else waits as {@link #connect}
     * does. What is sent so may be replayed by an attacker (RFC 9001 §9.2): it should ask, and
     * change nothing. The server is not authenticated yet: see {@link QuicConnection#established}.
     */
    public QuicConnection connectEarly(InetSocketAddress remote, ConnectionConfig config)
            throws IOException {
        QuicConnection dialled = dial(remote, sessions.resumeEarly(remote, config));
        boolean early = Results.await(owner.call(dialled::sendsEarlyData));
        return early ? dialled : established(dialled);
    }

    /** Opens a connection; completed when the peer is authenticated. */
    public CompletableFuture<QuicConnection> connectAsync(
            InetSocketAddress remote, ConnectionConfig config) {
        ConnectionConfig resumed = sessions.resume(remote, config);
        return owner.call(() -> dialNow(remote, resumed)).thenCompose(QuicConnection::established);
    }

    private QuicConnection dial(InetSocketAddress remote, ConnectionConfig config)
            throws IOException {
        return Results.await(owner.call(() -> dialNow(remote, config)));
    }

    private QuicConnection dialNow(InetSocketAddress remote, ConnectionConfig config)
            throws IOException {
        if (remote.isUnresolved()) {
            throw new QuicException("unknown host: " + remote.getHostString());
        }
        InetSocketAddress local = sockets.toReach(remote);
        QuicConnection dialled = new QuicConnection(owner, remote, null);
        connections.add(dialled);
        endpoint.connect(config, local, remote, null, dialled.reports(), agent.nowNs());
        return dialled;
    }

    private static QuicConnection established(QuicConnection dialled) throws IOException {
        boolean done = false;
        try {
            QuicConnection connection = Results.await(dialled.established());
            done = true;
            return connection;
        } finally {
            if (!done) {
                dialled.close();
            }
        }
    }

    // ---- accepting

    /**
     * Waits for a connection whose handshake is complete.
     *
     * @return null once the endpoint is closed
     */
    public QuicConnection accept() throws IOException {
        return accept(null);
    }

    /**
     * Waits for a connection whose handshake is complete.
     *
     * @param timeout after which a {@link java.net.SocketTimeoutException} is thrown; null for none
     * @return null once the endpoint is closed
     */
    public QuicConnection accept(Duration timeout) throws IOException {
        if (acceptConfig == null || acceptHandler != null) {
            throw new IllegalStateException(
                    acceptConfig == null
                            ? "this endpoint was not built to accept connections"
                            : "this endpoint was built to give connections to its handler");
        }
        return arrivals.take(Deadline.after(timeout));
    }

    private Acceptor.Accepted accept(
            InetSocketAddress at,
            InetSocketAddress remote,
            ConnectionId destinationId,
            long nowNs) {
        QuicConnection accepted = new QuicConnection(owner, remote, acceptHandler);
        connections.add(accepted);
        return new Acceptor.Accepted(acceptConfig, accepted.reports());
    }

    private void arrived(QuicConnection accepted) {
        if (!arrivals.offer(accepted)) {
            // Not from within the handshake that calls this.
            agent.execute(() -> accepted.closeNow(0, "too many connections"));
        }
    }

    // ---- the end

    /** Closes all connections without an error, then the sockets; waits until that is sent. */
    @Override
    public void close() {
        owner.execute(this::closeConnections);
        agent.close();
        arrivals.end(null);
    }

    private void closeConnections() {
        List.copyOf(connections).forEach(connection -> connection.closeNow(0, ""));
    }

    /** Ties connections to the agent. */
    private final class Owner implements ConnectionOwner {
        @Override
        public EndpointAgent agent() {
            return agent;
        }

        @Override
        public <T> CompletableFuture<T> call(Callable<T> body) {
            if (!agent.isOwnThread()) {
                return agent.call(body);
            }
            try {
                return CompletableFuture.completedFuture(body.call());
            } catch (Exception e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        @Override
        public void execute(Runnable body) {
            try {
                agent.execute(body);
            } catch (RejectedExecutionException e) {
                LOG.debug("too late: the endpoint is closed", e);
            }
        }

        @Override
        public long nowNs() {
            return agent.nowNs();
        }

        @Override
        public void wake(Connection connection) {
            endpoint.wake(connection);
        }

        @Override
        public void onEstablished(QuicConnection connection, boolean dialled) {
            if (!dialled) {
                arrived(connection);
            }
        }

        @Override
        public void onSessionTicket(QuicConnection connection, SessionTicket ticket) {
            sessions.put(connection, ticket);
        }

        @Override
        public InetSocketAddress openAddress(
                QuicConnection connection, InetSocketAddress local, String interfaceName)
                throws IOException {
            return sockets.open(connection, local, interfaceName);
        }

        @Override
        public void releaseAddress(QuicConnection connection, InetSocketAddress local) {
            sockets.release(connection, local);
        }

        @Override
        public void releaseAddresses(QuicConnection connection) {
            sockets.releaseAll(connection);
        }

        @Override
        public void forget(QuicConnection connection) {
            connections.remove(connection);
        }
    }

    /** What happens below the connections. */
    private final class AgentReports implements AgentListener {
        @Override
        public void onAddressGone(InetSocketAddress local, long nowNs) {
            List.copyOf(connections).forEach(connection -> connection.onAddressGone(local, nowNs));
        }

        /** Nobody may wait for an agent that has ended. */
        @Override
        public void onFailed(Throwable failure) {
            QuicException why = new QuicException("the endpoint failed: " + failure, failure);
            List.copyOf(connections).forEach(connection -> connection.end(why, false));
            arrivals.end(why);
        }
    }
}
