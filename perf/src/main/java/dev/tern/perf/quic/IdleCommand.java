package dev.tern.perf.quic;

import dev.tern.peer.cli.UserError;
import dev.tern.quic.connection.ConnectionConfig;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code tern perf idle}: what connections cost that have nothing to do. */
@Command(
        name = "idle",
        description =
                "Measure what the server keeps on its heap for each connection that has nothing to do but to keep alive.",
        mixinStandardHelpOptions = true)
public final class IdleCommand implements Callable<Integer> {
    /** Handshakes under way; fewer than those from which on a server asks for a Retry. */
    private static final int AT_A_TIME = 32;

    private static final long KEEP_ALIVE_NS = 5_000_000_000L;
    private static final double SETTLE_SECONDS = 1;

    @Mixin private TargetOptions target;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "10000",
            description = "How many (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long to hold them before looking (default: ${DEFAULT-VALUE}).")
    private double seconds;

    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger standing = new AtomicInteger();
    private final CompletableFuture<Void> all = new CompletableFuture<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (connections < 1) {
            throw new UserError("--connections must be at least 1");
        }
        if (!(seconds >= 0)) {
            throw new UserError("--seconds must not be less than 0");
        }
        try (Target server = target.open();
                Client client = Client.open(server.address(), target.stack(), PerfProtocol.PERF)) {
            if (server.process() == null) {
                throw new UserError(
                        "idle needs --loopback: only a server of its own tells its heap");
            }
            target.print(measure(server, client));
        }
        return 0;
    }

    private Figures measure(Target server, Client client) throws IOException, InterruptedException {
        Progress progress = new Progress(standing::get, 1, "more connections a second");
        CompletableFuture<Void> never = new CompletableFuture<>();
        client.connect().close(); // what every server loads once
        progress.run(SETTLE_SECONDS, never);
        long before = server.process().heapBytes();
        ConnectionConfig config = client.config().withKeepAlive(KEEP_ALIVE_NS);
        for (int i = 0; i < Math.min(AT_A_TIME, connections); i++) {
            next(client, config);
        }
        progress.run(all);
        Span span = Span.begin(server, client.meter());
        progress.run(seconds, never);
        span.end();
        long after = server.process().heapBytes();
        long there = server.process().connections();
        if (there != connections) {
            throw new IOException(
                    "of %d connections the server has %d left".formatted(connections, there));
        }
        Figures figures = new Figures();
        figures.put("heap_bytes_per_idle_connection", (double) (after - before) / connections);
        figures.put("connections", connections);
        span.putCpu(figures, "cpu_percent", 100 / span.client().seconds());
        return figures;
    }

    /** Makes one after the other, until there are enough. */
    private void next(Client client, ConnectionConfig config) {
        if (begun.getAndIncrement() >= connections) {
            return;
        }
        client.connectAsync(config)
                .whenComplete(
                        (connection, failure) -> {
                            if (failure != null) {
                                all.completeExceptionally(failure);
                            } else if (standing.incrementAndGet() == connections) {
                                all.complete(null);
                            } else {
                                next(client, config);
                            }
                        });
    }
}
