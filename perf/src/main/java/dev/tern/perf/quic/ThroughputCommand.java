package dev.tern.perf.quic;

import dev.tern.peer.cli.UserError;
import dev.tern.quic.api.QuicConnection;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** {@code tern perf throughput}: how many bytes go over how many streams. */
@Command(
        name = "throughput",
        description = {
            "Measure how fast streams are, by the QUIC performance protocol: the server sends (--down) or the client (--up).",
            "A second or two of warm-up come before what counts."
        },
        mixinStandardHelpOptions = true)
public final class ThroughputCommand implements Callable<Integer> {
    private static final double GIGA = 1e9;
    private static final int BITS = 8;

    @Mixin private TargetOptions target;

    @Option(names = "--up", description = "The client sends.")
    private boolean up;

    @Option(names = "--down", description = "The server sends, as without either.")
    private boolean down;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--streams",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many on each connection (default: ${DEFAULT-VALUE}).")
    private int streams;

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

    @Option(
            names = "--bytes",
            paramLabel = "N",
            description = "Of each stream: counts until all have arrived, without a warm-up.")
    private Long bytes;

    /** Of all streams; each written by the endpoint's thread only. */
    private final AtomicLong sent = new AtomicLong();

    private final AtomicLong received = new AtomicLong();

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireSense();
        try (Target server = target.open();
                Client client = Client.open(server.address(), target.stack(), PerfProtocol.PERF)) {
            List<QuicConnection> connected = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                connected.add(client.connect());
            }
            target.print(
                    bytes == null
                            ? timed(server, client, connected)
                            : whole(server, client, connected));
        }
        return 0;
    }

    private void requireSense() {
        if (up && down) {
            throw new UserError("give --up or --down, not both");
        }
        if (connections < 1 || streams < 1) {
            throw new UserError("--connections and --streams must be at least 1");
        }
        if (!(seconds > 0) || !(warmUpSeconds >= 0)) {
            throw new UserError("--seconds must be more than 0, and --warm-up not less");
        }
        if (bytes != null && bytes < 1) {
            throw new UserError("--bytes must be at least 1");
        }
    }

    private Figures timed(Target server, Client client, List<QuicConnection> connected)
            throws IOException, InterruptedException {
        CompletableFuture<?> anyEnd =
                CompletableFuture.anyOf(
                        transfers(connected, PerfProtocol.ENDLESS)
                                .toArray(CompletableFuture[]::new));
        Progress progress = progress();
        progress.run(warmUpSeconds, anyEnd);
        Span span = Span.begin(server, client.meter());
        long before = moved().get();
        progress.run(seconds, anyEnd);
        span.end();
        // What the server has got is what counts, where it tells.
        long arrived =
                up && span.server() != null ? span.server().streamBytes() : moved().get() - before;
        return figures(span, arrived);
    }

    private Figures whole(Target server, Client client, List<QuicConnection> connected)
            throws IOException, InterruptedException {
        Span span = Span.begin(server, client.meter());
        progress()
                .run(
                        CompletableFuture.allOf(
                                transfers(connected, bytes).toArray(CompletableFuture[]::new)));
        span.end();
        return figures(span, bytes * streams * connections);
    }

    private List<CompletableFuture<Void>> transfers(List<QuicConnection> connected, long each) {
        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (QuicConnection connection : connected) {
            for (int i = 0; i < streams; i++) {
                Transfer transfer =
                        up
                                ? new Transfer(0, each, sent, received)
                                : new Transfer(each, 0, sent, received);
                connection
                        .openStreamAsync(true)
                        .thenAccept(stream -> stream.handler(transfer))
                        .exceptionally(transfer::fail);
                done.add(transfer.done());
            }
        }
        return done;
    }

    private AtomicLong moved() {
        return up ? sent : received;
    }

    private Progress progress() {
        return new Progress(moved()::get, BITS / GIGA, "Gbit/s");
    }

    private static Figures figures(Span span, long streamBytes) {
        Figures figures = new Figures();
        double gigabytes = Math.max(1, streamBytes) / GIGA;
        figures.put("gbit_per_s", streamBytes * BITS / GIGA / span.client().seconds());
        span.putCpu(figures, "cpu_s_per_gb", 1 / gigabytes);
        span.putPackets(figures);
        return figures;
    }
}
