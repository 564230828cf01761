package dev.tern.perf.quic;

import dev.tern.peer.cli.UserError;
import dev.tern.quic.api.QuicStream;
import dev.tern.quic.io.UdpTransport;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** {@code tern perf latency}: how long one byte takes there and back. */
@Command(
        name = "latency",
        description =
                "Measure how long one byte takes there and back, one round trip after the other: on one stream, by a handler.",
        mixinStandardHelpOptions = true)
public final class LatencyCommand implements Callable<Integer> {
    private static final double THOUSANDTH = 1e-3;

    /** Another way than the handler's. */
    private static final class Way {
        @Option(names = "--blocking", description = "By a thread that waits.")
        private boolean blocking;

        @Option(
                names = "--requests",
                description = "On a new stream each time; works with any server of ALPN perf.")
        private boolean requests;

        @Option(names = "--bare", description = "By UDP datagrams without QUIC (--loopback only).")
        private boolean bare;
    }

    @Mixin private TargetOptions target;

    @ArgGroup private Way way = new Way();

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How long to count (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "2",
            description = "How many seconds before that (default: ${DEFAULT-VALUE}).")
    private double warmUpSeconds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!(seconds > 0) || !(warmUpSeconds >= 0)) {
            throw new UserError("--seconds must be more than 0, and --warm-up not less");
        }
        if (way.bare) {
            bare();
        } else {
            quic();
        }
        return 0;
    }

    private void quic() throws IOException, InterruptedException {
        String protocol = way.requests ? PerfProtocol.PERF : PerfProtocol.ECHO;
        try (Target server = target.open();
                Client client = Client.open(server.address(), target.stack(), protocol)) {
            Latencies latencies = new Latencies();
            measure(server, client.meter(), latencies, start(client, latencies));
        }
    }

    private CompletableFuture<Void> start(Client client, Latencies latencies) throws IOException {
        if (way.requests) {
            return RequestPing.start(client, latencies);
        }
        QuicStream stream = client.connect().openStream();
        return way.blocking
                ? BlockingPing.start(stream, latencies)
                : HandlerPing.start(stream, latencies);
    }

    private void bare() throws IOException, InterruptedException {
        OpenSockets sockets = new OpenSockets(target.stack().transports());
        try (Target server = target.open(ServerCommand.BARE)) {
            if (server.process() == null) {
                throw new UserError("--bare needs --loopback: no server echoes bare datagrams");
            }
            UdpTransport socket =
                    sockets.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null);
            Latencies latencies = new Latencies();
            try (BareUdp ping = BareUdp.ping(socket, server.address(), latencies)) {
                measure(server, new Meter(sockets), latencies, ping.ended());
            }
        }
    }

    private void measure(
            Target server, Meter meter, Latencies latencies, CompletableFuture<Void> failed)
            throws IOException, InterruptedException {
        Progress progress =
                new Progress(latencies::count, THOUSANDTH, "thousand round trips a second");
        progress.run(warmUpSeconds, failed);
        Span span = Span.begin(server, meter);
        latencies.begin();
        progress.run(seconds, failed);
        long count = Math.max(1, latencies.count());
        span.end();
        Figures figures = latencies.put(new Figures());
        figures.put("round_trips_per_s", count / span.client().seconds());
        span.putCpu(figures, "cpu_us_per_round_trip", 1e6 / count);
        target.print(figures);
    }
}
