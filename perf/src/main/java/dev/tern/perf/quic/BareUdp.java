package dev.tern.perf.quic;

import dev.tern.quic.io.Sleeper;
import dev.tern.quic.io.UdpTransport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** A datagram of a byte there and back, without QUIC: what the latency of QUIC is read against. */
final class BareUdp implements UdpTransport.Receiver {
    private static final int BATCH = 64;

    /** After so long a datagram was lost, and another one is sent. */
    private static final long PATIENCE_NS = 100_000_000L;

    private final UdpTransport transport;
    private final InetSocketAddress server;
    private final Latencies latencies;
    private final byte[] ball = new byte[1];
    private long sentNs;

    private BareUdp(UdpTransport transport, InetSocketAddress server, Latencies latencies) {
        this.transport = transport;
        this.server = server;
        this.latencies = latencies;
    }

    /** Sends back what comes, on a thread of its own. */
    static void echo(UdpTransport transport) {
        start(new BareUdp(transport, null, null));
    }

    /** Sends to a server that does so. */
    static CompletableFuture<Void> ping(
            UdpTransport transport, InetSocketAddress server, Latencies latencies) {
        return start(new BareUdp(transport, server, latencies));
    }

    private static CompletableFuture<Void> start(BareUdp end) {
        CompletableFuture<Void> failed = new CompletableFuture<>();
        Thread.ofPlatform()
                .priority(Thread.MAX_PRIORITY) // as the threads of endpoints have it
                .daemon()
                .start(
                        () -> {
                            try {
                                end.run();
                            } catch (IOException e) {
                                failed.completeExceptionally(e);
                            }
                        });
        return failed;
    }

    private void run() throws IOException {
        try (Sleeper sleeper = transport.newSleeper()) {
            transport.register(sleeper);
            while (true) {
                if (transport.receive(this, BATCH) == 0) {
                    if (server != null && System.nanoTime() - sentNs > PATIENCE_NS) {
                        send(server);
                    }
                    sleeper.await(PATIENCE_NS);
                }
            }
        }
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
