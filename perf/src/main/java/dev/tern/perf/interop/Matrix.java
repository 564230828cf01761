package dev.tern.perf.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs every scenario with every stack in both roles. */
final class Matrix {
    private static final int AT_ONCE = 2;

    private final Site site;
    private final Path folder;
    private final long seed;
    private final Consumer<String> log;

    /**
     * @param log takes a line for each run
     */
    Matrix(Site site, Path folder, long seed, Consumer<String> log) {
        this.site = site;
        this.folder = folder;
        this.seed = seed;
        this.log = log;
    }

    /**
     * @param onStack told of the table when another stack is done
     */
    Table run(List<Peer> peers, List<Scenario> scenarios, Consumer<Table> onStack)
            throws InterruptedException {
        Table table = new Table(scenarios, seed);
        for (Peer peer : peers) {
            Stack stack = peer.newStack();
            try {
                String version = stack.prepare(folder.resolve("peers"));
                table.add(peer, version, outcomes(peer, stack, scenarios));
            } catch (IOException e) {
                log.accept("interop: " + peer + " is LEFT OUT: " + e.getMessage());
                table.leaveOut(peer, e.getMessage());
            }
            onStack.accept(table);
        }
        return table;
    }

    private List<Table.Pair> outcomes(Peer peer, Stack stack, List<Scenario> scenarios)
            throws InterruptedException {
        try (ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Callable<Outcome>> runs = new ArrayList<>();
            for (Scenario each : scenarios) {
                runs.add(() -> outcome(peer, stack, each, true));
                runs.add(() -> outcome(peer, stack, each, false));
            }
            List<Future<Outcome>> futures = executor.invokeAll(runs);
            List<Table.Pair> pairs = new ArrayList<>();
            for (int i = 0; i < futures.size(); i += 2) {
                pairs.add(new Table.Pair(get(futures.get(i)), get(futures.get(i + 1))));
            }
            return pairs;
        }
    }

    private static Outcome get(Future<Outcome> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            return Outcome.failed(e.getCause().toString());
        }
    }

    private Outcome outcome(Peer peer, Stack stack, Scenario scenario, boolean ternIsClient)
            throws IOException {
        String name = peer + (ternIsClient ? " server, " : " client, ") + scenario.label();
        String unsupported = stack.unsupported(scenario, ternIsClient);
        if (unsupported != null) {
            return Outcome.unsupported(unsupported);
        }
        Outcome outcome = null;
        for (int i = 1; i <= scenario.attempts() && (outcome == null || outcome.isFailed()); i++) {
            outcome = attempt(peer, stack, scenario, ternIsClient, i);
            if (i > 1 && !outcome.isFailed()) {
                outcome = new Outcome(outcome.verdict(), "at attempt " + i);
            }
            log.accept("interop: " + name + ": " + outcome.verdict() + " " + outcome.note());
        }
        return outcome;
    }

    private Outcome attempt(
            Peer peer, Stack stack, Scenario scenario, boolean ternIsClient, int number)
            throws IOException {
        Path left =
                folder.resolve("runs")
                        .resolve(peer.toString())
                        .resolve(
                                (ternIsClient ? "as-server-" : "as-client-")
                                        + scenario.label()
                                        + (number == 1 ? "" : "-" + number));
        delete(left);
        Files.createDirectories(left);
        Stack tern = peer.newTern(scenario);
        return new Attempt(
                        scenario,
                        ternIsClient ? stack : tern,
                        ternIsClient ? tern : stack,
                        ternIsClient,
                        site,
                        seed + number - 1,
                        left)
                .run();
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
