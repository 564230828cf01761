package dev.tern.quic.connection;

import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.crypto.identity.PeerVerifiers;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.cid.SelfDescribingId;
import dev.tern.quic.endpoint.Acceptor;
import dev.tern.quic.endpoint.Endpoint;
import dev.tern.quic.sim.SeededSecureRandom;
import dev.tern.quic.sim.SimHost;
import dev.tern.quic.sim.SimLink;
import dev.tern.quic.sim.SimWorld;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** A client and a server endpoint in a simulated network, with one link before each. */
final class TestPeers {
    static final String PROTOCOL = "test";
    static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 1000);
    static final InetSocketAddress SERVER = new InetSocketAddress("198.51.100.1", 4433);
    static final long MS = 1_000_000L;

    final SimWorld world;
    final SimLink clientLink;
    final SimLink serverLink;
    final Endpoint client;
    final Endpoint server;
    final SimHost clientHost;
    final SimHost serverHost;
    final RecordingListener clientEvents = new RecordingListener();
    final RecordingListener serverEvents = new RecordingListener();
    final PeerIdentity clientIdentity;
    final PeerIdentity serverIdentity;
    private final SecureRandom tlsRandom;
    private final boolean mobile;
    private UnaryOperator<ConnectionConfig> clientAdjustment = UnaryOperator.identity();
    private UnaryOperator<ConnectionConfig> serverAdjustment = UnaryOperator.identity();

    TestPeers(long seed, boolean mobile) {
        this.mobile = mobile;
        world = new SimWorld(seed);
        tlsRandom = new SeededSecureRandom(seed);
        clientIdentity = PeerIdentity.generate(tlsRandom);
        serverIdentity = PeerIdentity.generate(tlsRandom);
        clientLink = world.link().delayNs(10 * MS);
        serverLink = world.link().delayNs(10 * MS);
        Acceptor acceptor =
                (local, remote, id, nowNs) ->
                        new Acceptor.Accepted(
                                config(
                                        TlsConfig.mutualServer(
                                                tlsRandom,
                                                serverIdentity,
                                                PeerVerifiers.anyPeer(),
                                                PROTOCOL),
                                        serverAdjustment),
                                serverEvents);
        client = endpoint(seed * 31 + 1, null);
        server = endpoint(seed * 31 + 2, acceptor);
        clientHost = world.network().host(client).up(CLIENT, clientLink);
        serverHost = world.network().host(server).up(SERVER, serverLink);
    }

    private static Endpoint endpoint(long seed, Acceptor acceptor) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] resetKey = new byte[32];
        random.nextBytes(resetKey);
        return new Endpoint(
                remote -> SelfDescribingId.mintDirect(random),
                acceptor,
                ConnectionWaker.DIRECT,
                random,
                resetKey);
    }

    private ConnectionConfig config(TlsConfig tls, UnaryOperator<ConnectionConfig> adjustment) {
        ConnectionConfig config = ConnectionConfig.of(tls);
        return adjustment.apply(mobile ? config.withMobility(java.util.List.of()) : config);
    }

    SecureRandom tlsRandom() {
        return tlsRandom;
    }

    /** How the client's connections differ from ordinary ones. */
    void adjustClient(UnaryOperator<ConnectionConfig> adjustment) {
        clientAdjustment = adjustment;
    }

    /** How the server's connections differ from ordinary ones. */
    void adjustServer(UnaryOperator<ConnectionConfig> adjustment) {
        serverAdjustment = adjustment;
    }

    Connection connect() {
        TlsConfig tls =
                TlsConfig.client(
                        tlsRandom,
                        clientIdentity,
                        PeerVerifiers.exactly(serverIdentity.peerId()),
                        PROTOCOL);
        Connection connection =
                client.connect(
                        config(tls, clientAdjustment),
                        CLIENT,
                        SERVER,
                        null,
                        clientEvents,
                        world.nowNs());
        flush();
        return connection;
    }

    /** Lets what the test did to a connection take effect. */
    void flush() {
        client.connections().forEach(client::wake);
        server.connections().forEach(server::wake);
        world.at(world.nowNs(), () -> {});
    }

    boolean runUntilEstablished(Connection connection, long withinNs) {
        return world.runUntil(
                () ->
                        connection.isEstablished()
                                && serverEvents.connection != null
                                && serverEvents.connection.isEstablished(),
                world.nowNs() + withinNs);
    }
}
