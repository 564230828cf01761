package dev.tern.perf.quic;

import dev.tern.peer.cli.UserError;
import dev.tern.quic.api.QuicConnection;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code tern perf handshakes}: how many connections are made. */
@Command(
        name = "handshakes",
        description = {
            "Measure how many connections are made, so many at a time; each is closed when it stands.",
            "The server shows an Ed25519 certificate, made anew, unless --cert and --key say otherwise."
        },
        mixinStandardHelpOptions = true)
public final class HandshakesCommand implements Callable<Integer> {
    private static final int TICKET_TIMEOUT_S = 5;

    @Mixin private TargetOptions target;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "8",
            description = "How many at a time (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(names = "--resumed", description = "Go on with the session of a first connection.")
    private boolean resumed;

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

    private final Latencies latencies = new Latencies();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (connections < 1) {
            throw new UserError("--connections must be at least 1");
        }
        if (!(seconds > 0) || !(warmUpSeconds >= 0)) {
            throw new UserError("--seconds must be more than 0, and --warm-up not less");
        }
        SharedTicket ticket = resumed ? new SharedTicket() : null;
        try (Target server = resumed ? target.open("--tickets") : target.open();
                Client client =
                        Client.open(server.address(), target.stack(), PerfProtocol.PERF, ticket)) {
            if (resumed) {
                resume(client, ticket);
            }
            target.print(measure(server, client));
        }
        return 0;
    }

    private Figures measure(Target server, Client client) throws IOException, InterruptedException {
        Redial redial = new Redial(client::connectAsync, latencies);
        CompletableFuture<Void> failed = redial.start(connections);
        Progress progress = new Progress(latencies::count, 1, "handshakes a second");
        progress.run(warmUpSeconds, failed);
        Span span = Span.begin(server, client.meter());
        latencies.begin();
        progress.run(seconds, failed);
        long count = latencies.count();
        span.end();
        redial.end();
        Figures figures = new Figures();
        figures.put("handshakes_per_s", count / span.client().seconds());
        double cpuSeconds = span.client().cpuSeconds();
        if (span.server() != null) {
            cpuSeconds += span.server().cpuSeconds();
        }
        figures.put("handshakes_per_cpu_s", count / cpuSeconds);
        span.putCpu(figures, "cpu_us_per_handshake", 1e6 / Math.max(1, count));
        return latencies.put(figures);
    }

    private static void resume(Client client, SharedTicket ticket)
            throws IOException, InterruptedException {
        QuicConnection first = client.connect();
        try {
            ticket.first().get(TICKET_TIMEOUT_S, TimeUnit.SECONDS);
            first.close();
        } catch (ExecutionException | TimeoutException e) {
            throw new UserError("this server gives no session tickets; start it with --tickets");
        }
        try (QuicConnection second = client.connect()) {
            if (!second.stats().join().resumed()) {
                throw new UserError("this server does not go on with sessions");
            }
        }
    }
}
