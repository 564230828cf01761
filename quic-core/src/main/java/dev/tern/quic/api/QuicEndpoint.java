package dev.tern.quic.api;

import dev.tern.quic.cid.SelfDescribingId;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.endpoint.Acceptor;
import dev.tern.quic.endpoint.Endpoint;
import dev.tern.quic.io.AgentListener;
import dev.tern.quic.io.EndpointAgent;
import dev.tern.quic.io.StreamDoorbell;
import dev.tern.quic.io.SystemClock;
import dev.tern.quic.io.SystemRandom;
import dev.tern.quic.io.TransportFactory;
import dev.tern.quic.io.UdpTransports;
import dev.tern.quic.wire.ConnectionId;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * A socket that speaks QUIC, as client, server or both, with a thread of its own. An echo server:
 *
 * <pre>{@code
 * SecureRandom random = new SecureRandom();
 * PeerIdentity identity = PeerIdentity.generate(random);
 * try (QuicEndpoint server = QuicEndpoint.builder()
 *         .bind(new InetSocketAddress("0.0.0.0", 4433))
 *         .accept(ConnectionConfig.of(TlsConfig.server(random, identity, "echo")))
 *         .open()) {
 *     BlockingStream stream = server.accept().acceptStream();
 *     stream.inputStream().transferTo(stream.outputStream());
 *     stream.finish();
 *     stream.awaitDelivery();
 * }
 * }</pre>
 *
 * <p>All methods may be called by any thread but the endpoint's own.
 */
public final class QuicEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QuicEndpoint.class);

    /** Connections that nobody takes: more are refused. */
    private static final int MAX_WAITING_CONNECTIONS = 1024;

    private static final int RESET_KEY_BYTES = 32;

    private final Arrivals<QuicConnection> arrivals = new Arrivals<>(MAX_WAITING_CONNECTIONS);
    private final Set<QuicConnection> connections = new LinkedHashSet<>();
    private final Owner owner = new Owner();
    private final ConnectionConfig acceptConfig;
    private final Endpoint endpoint;
    private final EndpointAgent agent;
    private final InetSocketAddress local;

    private QuicEndpoint(Builder builder) throws IOException {
        acceptConfig = builder.acceptConfig;
        SecureRandom random = SystemRandom.create();
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
        agent =
                new EndpointAgent(
                        endpoint,
                        doorbell,
                        endpoint::wake,
                        builder.transports,
                        new SystemClock(),
                        new Failures());
        try {
            local = agent.openAddress(builder.bindAddress, null);
        } catch (IOException e) {
            agent.close();
            throw e;
        }
        agent.start("quic-" + local.getPort());
    }

    /** Starts with a client on any port. */
    public static Builder builder() {
        return new Builder();
    }

    /** What an endpoint is made with. */
    public static final class Builder {
        private InetSocketAddress bindAddress = new InetSocketAddress("0.0.0.0", 0);
        private ConnectionConfig acceptConfig;
        private TransportFactory transports = UdpTransports::open;

        private Builder() {}

        /** The address of the socket; port 0 for any. Without it, any IPv4 address and any port. */
        public Builder bind(InetSocketAddress address) {
            bindAddress = address;
            return this;
        }

        /** Accepts connections, and serves them so. */
        public Builder accept(ConnectionConfig config) {
            acceptConfig = config;
            return this;
        }

        /** Where the socket comes from, if not from {@link UdpTransports}. */
        public Builder transports(TransportFactory factory) {
            transports = factory;
            return this;
        }

        /**
         * Opens the socket and starts the thread.
         *
         * @throws IOException with a sentence for a person, if the address cannot be bound to
         */
        public QuicEndpoint open() throws IOException {
            return new QuicEndpoint(this);
        }
    }

    /** The address bound to, with the port that was given. */
    public InetSocketAddress localAddress() {
        return local;
    }

    /**
     * Opens a connection and waits until the peer is authenticated.
     *
     * @throws QuicException if there is no answer, or the handshake fails
     */
    public QuicConnection connect(InetSocketAddress remote, ConnectionConfig config)
            throws IOException {
        checkReachable(remote);
        QuicConnection dialled = new QuicConnection(owner, remote);
        CompletableFuture<QuicConnection> established =
                agent.call(() -> dial(dialled, remote, config)).thenCompose(it -> it.established());
        boolean done = false;
        try {
            QuicConnection connection = Results.await(established);
            done = true;
            return connection;
        } finally {
            if (!done) {
                dialled.close();
            }
        }
    }

    private void checkReachable(InetSocketAddress remote) throws QuicException {
        if (remote.isUnresolved()) {
            throw new QuicException("unknown host: " + remote.getHostString());
        }
        if (local.getAddress() instanceof Inet4Address
                && !(remote.getAddress() instanceof Inet4Address)) {
            throw new QuicException(
                    "cannot reach %s from %s: bind to an IPv6 address"
                            .formatted(Ending.text(remote), Ending.text(local)));
        }
    }

    private QuicConnection dial(
            QuicConnection dialled, InetSocketAddress remote, ConnectionConfig config) {
        connections.add(dialled);
        dialled.start(
                endpoint.connect(config, local, remote, null, dialled.events(), agent.nowNs()));
        return dialled;
    }

    /**
     * Waits for a connection whose handshake is complete.
     *
     * @return null once the endpoint is closed
     */
    public QuicConnection accept() throws IOException {
        if (acceptConfig == null) {
            throw new IllegalStateException("this endpoint was not built to accept connections");
        }
        return arrivals.take();
    }

    private Acceptor.Accepted accept(
            InetSocketAddress at,
            InetSocketAddress remote,
            ConnectionId destinationId,
            long nowNs) {
        QuicConnection accepted = new QuicConnection(owner, remote);
        connections.add(accepted);
        return new Acceptor.Accepted(acceptConfig, accepted.events());
    }

    private void arrived(QuicConnection accepted) {
        if (!arrivals.offer(accepted)) {
            // Not from within the handshake that calls this.
            agent.execute(() -> accepted.closeNow(0, "too many connections"));
        }
    }

    /** Closes all connections without an error, then the socket. */
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
        public <T> CompletableFuture<T> call(Callable<T> body) {
            return agent.call(body);
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
        public void forget(QuicConnection connection) {
            connections.remove(connection);
        }
    }

    /** Nobody may wait for an agent that has ended. */
    private final class Failures implements AgentListener {
        @Override
        public void onFailed(Throwable failure) {
            String why = "the endpoint failed: " + failure;
            List.copyOf(connections).forEach(connection -> connection.end(why, false));
            arrivals.end(why);
        }
    }
}
