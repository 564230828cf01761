package dev.tern.quic.api;

import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.crypto.identity.PeerVerifiers;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.connection.ConnectionConfig;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;

/** Two endpoints over real sockets on loopback. */
final class LoopbackPair implements AutoCloseable {
    static final String PROTOCOL = "test";
    static final InetSocketAddress LOOPBACK =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    final SecureRandom random = new SecureRandom();
    final PeerIdentity identity = PeerIdentity.generate(random);
    final QuicEndpoint server;
    final QuicEndpoint client;
    private final UnaryOperator<ConnectionConfig> tuning;

    LoopbackPair() throws IOException {
        this(config -> config, each -> each, each -> each);
    }

    LoopbackPair(
            UnaryOperator<ConnectionConfig> tuning,
            UnaryOperator<QuicEndpointBuilder> serverSide,
            UnaryOperator<QuicEndpointBuilder> clientSide)
            throws IOException {
        this.tuning = tuning;
        ConnectionConfig accepting =
                tuning.apply(ConnectionConfig.of(TlsConfig.server(random, identity, PROTOCOL)));
        server = serverSide.apply(QuicEndpoint.builder().bind(LOOPBACK).accept(accepting)).open();
        client = clientSide.apply(QuicEndpoint.builder().bind(LOOPBACK)).open();
    }

    ConnectionConfig clientConfig() {
        return tuning.apply(
                ConnectionConfig.of(
                        TlsConfig.client(
                                random, null, PeerVerifiers.exactly(identity.peerId()), PROTOCOL)));
    }

    QuicConnection connect() throws IOException {
        return client.connect(server.localAddress(), clientConfig());
    }

    static InetSocketAddress loopback(int last) throws UnknownHostException {
        return new InetSocketAddress(
                InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}), 0);
    }

    static <T> FutureTask<T> inThread(Callable<T> body) {
        FutureTask<T> task = new FutureTask<>(body);
        Thread.ofVirtual().start(task);
        return task;
    }

    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
