package dev.tern.perf.quic;

import dev.tern.quic.io.Sleeper;
import dev.tern.quic.io.UdpTransport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/**
 * A datagram of a byte there and back, without QUIC: what the latency of QUIC is read against. Has
 * a thread of its own, to which its socket belongs until it is closed.
 */
final class BareUdp implements UdpTransport.Receiver, AutoCloseable {
    private static final int BATCH = 64;

    /** After so long a datagram was lost, and another one is sent. */
    private static final long PATIENCE_NS = 100_000_000L;

    private final UdpTransport transport;
    private final Sleeper sleeper;
    private final InetSocketAddress server;
    private final Latencies latencies;
    private final byte[] ball = new byte[1];
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean closing;
    private long sentNs;

    private BareUdp(UdpTransport transport, InetSocketAddress server, Latencies latencies)
            throws IOException {
        this.transport = transport;
        this.server = server;
        this.latencies = latencies;
        sleeper = transport.newSleeper();
        transport.register(sleeper);
    }

    private BareUdp start() {
        Thread.ofPlatform()
                .priority(Thread.MAX_PRIORITY) // as the threads of endpoints have it
                .daemon()
                .start(this::run);
        return this;
    }

    /** Sends back what comes. */
    static BareUdp echo(UdpTransport transport) throws IOException {
        return new BareUdp(transport, null, null).start();
    }

    /** Sends to a server that does so. */
    static BareUdp ping(UdpTransport transport, InetSocketAddress server, Latencies latencies)
            throws IOException {
        return new BareUdp(transport, server, latencies).start();
    }

    /** Completed when it is closed; fails if it cannot go on. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    private void run() {
        try {
            while (!closing) {
                if (transport.receive(this, BATCH) == 0) {
                    if (server != null && System.nanoTime() - sentNs > PATIENCE_NS) {
                        send(server);
                    }
                    sleeper.await(PATIENCE_NS);
                }
            }
            ended.complete(null);
        } catch (RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        closing = true;
        sleeper.wake();
        ended.exceptionally(e -> null).join();
        transport.close();
        sleeper.close();
    }

    @Override
    public void onDatagram(
            UdpTransport from,
            InetSocketAddress remote,
            int ecn,
            byte[] buffer,
            int offset,
            int length) {
        if (server != null) {
            latencies.record(System.nanoTime() - sentNs);
        }
        send(remote);
    }

    private void send(InetSocketAddress remote) {
        sentNs = System.nanoTime();
        transport.send(remote, 0, ball, 0, 1);
        transport.flush();
    }
}
