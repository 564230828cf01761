package dev.tern.quic.api;

import dev.tern.crypto.identity.PkixVerifier;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.crypto.tls.TlsConfigBuilder;
import dev.tern.quic.cid.SelfDescribingId;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.endpoint.ConnectionIdSource;
import dev.tern.quic.io.AgentGroup;
import dev.tern.quic.io.Deadline;
import dev.tern.quic.io.SystemClock;
import dev.tern.quic.io.SystemRandom;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sockets that speak QUIC, as client, server or both, with a thread of their own. An echo server:
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
    /** Connections that nobody takes: more are refused. */
    private static final int MAX_WAITING_CONNECTIONS = 1024;

    private static final int RESET_KEY_BYTES = 32;

    private final Arrivals<QuicConnection> arrivals = new Arrivals<>(MAX_WAITING_CONNECTIONS);
    private final SecureRandom random = SystemRandom.create();
    private final boolean accepts;
    private final boolean handled;
    private final Sessions sessions;
    private final List<EndpointMember> members = new ArrayList<>();
    private final AtomicInteger dialled = new AtomicInteger();
    private final List<InetSocketAddress> locals;

    QuicEndpoint(QuicEndpointBuilder builder) throws IOException {
        accepts = builder.acceptConfig() != null;
        handled = builder.acceptHandler() != null;
        sessions = new Sessions(builder.sessions());
        byte[] resetKey = new byte[RESET_KEY_BYTES];
        random.nextBytes(resetKey);
        int count = builder.agentCount();
        AgentGroup group = count == 1 ? null : new AgentGroup(count, random.nextLong());
        for (int i = 0; i < count; i++) {
            // Its own for each: a generator is locked while it works.
            SecureRandom own = SystemRandom.create();
            ConnectionIdSource ids =
                    group == null ? remote -> SelfDescribingId.mintDirect(own) : group.nextIds(own);
            members.add(new EndpointMember(builder, ids, group, own, resetKey, sessions, arrivals));
        }
        locals = open(builder.binds());
        for (int i = 0; i < count; i++) {
            String name = "quic-" + localAddress().getPort();
            members.get(i).start(count == 1 ? name : name + "-" + i);
        }
    }

    private List<InetSocketAddress> open(List<InetSocketAddress> binds) throws IOException {
        List<InetSocketAddress> bound = binds;
        try {
            for (EndpointMember member : members) {
                bound = member.open(bound);
            }
            return bound;
        } catch (IOException e) {
            members.forEach(EndpointMember::close);
            throw e;
        }
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
        QuicConnection connection = dial(remote, sessions.resumeEarly(remote, config));
        return Results.await(connection.sendsEarlyData()) ? connection : established(connection);
    }

    /** Opens a connection; completed when the peer is authenticated. */
    public CompletableFuture<QuicConnection> connectAsync(
            InetSocketAddress remote, ConnectionConfig config) {
        return nextMember()
                .dial(remote, sessions.resume(remote, config))
                .thenCompose(QuicConnection::established);
    }

    private QuicConnection dial(InetSocketAddress remote, ConnectionConfig config)
            throws IOException {
        return Results.await(nextMember().dial(remote, config));
    }

    private EndpointMember nextMember() {
        return members.get(Math.floorMod(dialled.getAndIncrement(), members.size()));
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
        if (!accepts || handled) {
            throw new IllegalStateException(
                    accepts
                            ? "this endpoint was built to give connections to its handler"
                            : "this endpoint was not built to accept connections");
        }
        return arrivals.take(Deadline.after(timeout));
    }

    // ---- the end

    /** Closes all connections without an error, then the sockets; waits until that is sent. */
    @Override
    public void close() {
        members.forEach(EndpointMember::close);
        arrivals.end(null);
    }
}
