package dev.tern.perf.quic;

import dev.tern.crypto.tls.TlsConfig;
import dev.tern.crypto.tls.TlsConfigBuilder;
import dev.tern.quic.api.QuicConnection;
import dev.tern.quic.api.QuicEndpoint;
import dev.tern.quic.api.SessionStore;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.connection.ConnectionConfigBuilder;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;

/** The measuring end: one endpoint, and what it has done. Any certificate is good enough for it. */
final class Client implements AutoCloseable {
    private final QuicEndpoint endpoint;
    private final InetSocketAddress server;
    private final Meter meter;
    private final ConnectionConfig config;

    private Client(
            QuicEndpoint endpoint, InetSocketAddress server, Meter meter, ConnectionConfig config) {
        this.endpoint = endpoint;
        this.server = server;
        this.meter = meter;
        this.config = config;
    }

    /** Opens a socket towards that server; dials nothing yet. */
    static Client open(InetSocketAddress server, StackOptions stack, String applicationProtocol)
            throws IOException {
        return open(server, stack, applicationProtocol, null);
    }

    /**
     * The same, with sessions to go on with.
     *
     * @param sessions null for none
     */
    static Client open(
            InetSocketAddress server,
            StackOptions stack,
            String applicationProtocol,
            SessionStore sessions)
            throws IOException {
        TlsConfigBuilder tls =
                new TlsConfigBuilder(new SecureRandom(), applicationProtocol).verifier(chain -> {});
        stack.apply(tls);
        OpenSockets sockets = new OpenSockets(stack.transports());
        QuicEndpoint endpoint =
                QuicEndpoint.builder()
                        .transports(sockets)
                        .sessions(sessions)
                        .bind(local(server))
                        .open();
        return new Client(endpoint, server, new Meter(sockets), config(tls.build(), stack));
    }

    private static ConnectionConfig config(TlsConfig tls, StackOptions stack) {
        ConnectionConfigBuilder connections = new ConnectionConfigBuilder(tls);
        stack.apply(connections);
        return connections.build();
    }

    /** A wildcard address costs a look at the local address of each packet. */
    private static InetSocketAddress local(InetSocketAddress server) {
        InetAddress to = server.getAddress();
        boolean ipv6 = to.getAddress().length > Integer.BYTES;
        return to.isLoopbackAddress()
                ? new InetSocketAddress(to, 0)
                : new InetSocketAddress(ipv6 ? "::" : "0.0.0.0", 0);
    }

    Meter meter() {
        return meter;
    }

    /** How its connections behave, unless told otherwise. */
    ConnectionConfig config() {
        return config;
    }

    /** Dials, and counts the connection. */
    QuicConnection connect() throws IOException {
        QuicConnection connection = endpoint.connect(server, config);
        meter.add(connection);
        return connection;
    }

    /** Dials without waiting; the connection does not count. */
    CompletableFuture<QuicConnection> connectAsync() {
        return connectAsync(config);
    }

    CompletableFuture<QuicConnection> connectAsync(ConnectionConfig with) {
        return endpoint.connectAsync(server, with);
    }

    @Override
    public void close() {
        endpoint.close();
    }
}
