package dev.tern.quic.api;

import dev.tern.crypto.identity.PemCredentials;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.io.IdleMode;
import dev.tern.quic.io.SystemRandom;
import dev.tern.quic.io.TransportFactory;
import dev.tern.quic.io.UdpTransports;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link QuicEndpoint} is made with. Unless told otherwise: a client on any IPv4 address and
 * any port, and on any IPv6 address once it connects to one.
 */
public final class QuicEndpointBuilder {
    /** As many handshakes under way as ordinary load brings. */
    private static final int RETRY_FROM_HALF_OPEN = 256;

    private final List<InetSocketAddress> binds = new ArrayList<>();
    private ConnectionConfig acceptConfig;
    private ConnectionHandler acceptHandler;
    private TransportFactory transports;
    private SessionStore sessions;
    private IdleMode idleMode = IdleMode.SLEEP;
    private int agentCount = 1;
    private int retryFrom = RETRY_FROM_HALF_OPEN;

    QuicEndpointBuilder() {}

    /** Opens a socket there; port 0 for any. May be called for several addresses. */
    public QuicEndpointBuilder bind(InetSocketAddress address) {
        binds.add(address);
        return this;
    }

    /** Accepts connections, and serves them so. */
    public QuicEndpointBuilder accept(ConnectionConfig config) {
        acceptConfig = config;
        return this;
    }

    /**
     * Accepts connections, and serves them with the certificate and key in PEM files.
     *
     * @param applicationProtocols ALPN, the best first
     * @throws IOException with a sentence for a person, if a file cannot be read
     * @throws IllegalArgumentException with a sentence for a person, if they do not hold a chain
     *     and its key
     */
    public QuicEndpointBuilder accept(Path chain, Path key, String... applicationProtocols)
            throws IOException {
        SecureRandom random = SystemRandom.create();
        PemCredentials credentials = PemCredentials.load(chain, key, random);
        return accept(
                ConnectionConfig.of(TlsConfig.server(random, credentials, applicationProtocols)));
    }

    /** Hears of connections that were accepted, in place of {@link QuicEndpoint#accept}. */
    public QuicEndpointBuilder handler(ConnectionHandler handler) {
        acceptHandler = handler;
        return this;
    }

    /**
     * From how many handshakes under way on a client must prove its address before anything is kept
     * of it (Retry, RFC 9000 §8.1.2); 0 for always. 256 unless set.
     */
    public QuicEndpointBuilder requireRetry(int fromHandshakes) {
        retryFrom = fromHandshakes;
        return this;
    }

    /** Remembers the tickets of servers, and resumes their sessions. */
    public QuicEndpointBuilder sessions(SessionStore store) {
        sessions = store;
        return this;
    }

    /** What the endpoint's thread does when there is nothing to do; it sleeps unless told so. */
    public QuicEndpointBuilder idle(IdleMode mode) {
        idleMode = mode;
        return this;
    }

    /**
     * How many threads serve the port, each with connections of its own; one unless set. Clients
     * are spread over them by the system (SO_REUSEPORT), and stay with theirs when they move.
     */
    public QuicEndpointBuilder agents(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("an endpoint needs a thread");
        }
        agentCount = count;
        return this;
    }

    /** Where sockets come from, if not as this machine has them ({@link UdpTransports}). */
    public QuicEndpointBuilder transports(TransportFactory factory) {
        transports = factory;
        return this;
    }

    /**
     * Opens the sockets and starts the thread.
     *
     * @throws IOException with a sentence for a person, if an address cannot be bound to
     */
    public QuicEndpoint open() throws IOException {
        return new QuicEndpoint(this);
    }

    List<InetSocketAddress> binds() {
        return binds;
    }

    ConnectionConfig acceptConfig() {
        return acceptConfig;
    }

    ConnectionHandler acceptHandler() {
        return acceptHandler;
    }

    TransportFactory transports() {
        return transports == null ? UdpTransports.chosen() : transports;
    }

    SessionStore sessions() {
        return sessions;
    }

    IdleMode idleMode() {
        return idleMode;
    }

    int agentCount() {
        return agentCount;
    }

    int retryFrom() {
        return retryFrom;
    }
}
