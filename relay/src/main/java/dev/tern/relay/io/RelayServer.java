package dev.tern.relay.io;

import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.quic.io.AgentListener;
import dev.tern.quic.io.EndpointAgent;
import dev.tern.quic.io.SystemClock;
import dev.tern.quic.io.SystemRandom;
import dev.tern.quic.io.UdpTransports;
import dev.tern.relay.RelayAddress;
import dev.tern.relay.server.RelayConfig;
import dev.tern.relay.server.RelayNode;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A relay on one UDP port of this machine. All methods may be called from any thread. */
public final class RelayServer implements AutoCloseable {
    private static final int SECRET_BYTES = 32;

    private final EndpointAgent agent;
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private final PeerIdentity identity;
    private InetSocketAddress local;

    private RelayServer(PeerIdentity identity, InetSocketAddress listen, long startUnixMs) {
        this.identity = identity;
        SecureRandom random = SystemRandom.create();
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        RelayConfig config =
                RelayConfig.of(identity, random.nextInt(1 << 16), secret, startUnixMs)
                        .withDestinations(listen.getAddress().isLoopbackAddress(), List.of());
        SystemClock clock = new SystemClock();
        RelayNode node = new RelayNode(config, random, random, clock.nanoTime());
        agent =
                new EndpointAgent(
                        node,
                        UdpTransports::open,
                        clock,
                        new AgentListener() {
                            @Override
                            public void onFailed(Throwable e) {
                                failure.complete("internal failure: " + e.getMessage());
                            }

                            @Override
                            public void onAddressGone(InetSocketAddress gone, long nowNs) {
                                failure.complete(
                                        "the address " + gone + " is gone from this machine");
                            }
                        });
    }

    /**
     * Starts a relay.
     *
     * @param startUnixMs the time of day
     * @throws IOException if the address cannot be bound to
     */
    public static RelayServer start(
            PeerIdentity identity, InetSocketAddress listen, long startUnixMs)
            throws IOException, InterruptedException {
        RelayServer server = new RelayServer(identity, listen, startUnixMs);
        server.agent.start("tern-relay");
        try {
            server.local = server.agent.call(() -> server.agent.openAddress(listen, null)).get();
        } catch (ExecutionException e) {
            server.agent.close();
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
        return server;
    }

    /** Who and where this relay is. */
    public RelayAddress address() {
        return new RelayAddress(identity.peerId(), local);
    }

    /** Waits until the relay can go on no longer; returns why. */
    public String awaitFailure() throws InterruptedException {
        try {
            return failure.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        agent.close();
    }
}
