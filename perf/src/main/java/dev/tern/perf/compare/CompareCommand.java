package dev.tern.perf.compare;

import dev.tern.peer.cli.UserError;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code tern perf compare}: Tern beside other stacks in one run. */
@Command(
        name = "compare",
        description = {
            "Measure over loopback: Tern beside kwik, Netty QUIC, ngtcp2, quic-go, TCP with TLS and TCP.",
            "They take turns; the result is a table of medians, with the goals that Tern is to reach."
        },
        mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer> {
    private static final double MAX_SECONDS = 600;
    private static final int MAX_ROUNDS = 100;

    @Option(
            names = "--measure",
            paramLabel = "WHAT",
            defaultValue = "bulk",
            description =
                    "bulk (transfer), handshakes (full ones), or echo (of one byte) (default: ${DEFAULT-VALUE}).")
    private String measure;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description =
                    "How long each contestant is counted in each round (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "How many seconds go by before counting (default: 6; of handshakes, 30).")
    private Double warmUp;

    @Option(
            names = "--rounds",
            paramLabel = "R",
            defaultValue = "3",
            description = "How often each has its turn (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Only these, with commas between; names are those of the table.")
    private List<String> only = List.of();

    @Option(names = "--json", description = "Print the results as JSON.")
    private boolean asJson;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Also write a page with bars to this file.")
    private Path html;

    private double warmUpSeconds;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Measure what =
                Measure.called(measure)
                        .orElseThrow(
                                () -> new UserError("--measure must be bulk, handshakes or echo"));
        warmUpSeconds = warmUp == null ? what.warmUpSeconds : warmUp;
        requireOptions(what);
        Comparison comparison =
                new Comparison(what, seconds, rounds, measure(what, available(what)));
        if (comparison.rows().isEmpty()) {
            throw new UserError("nothing could be measured");
        }
        if (html != null) {
            Files.writeString(html, HtmlReport.of(comparison));
        }
        if (asJson) {
            System.out.println(JsonReport.of(comparison));
        } else {
            System.out.print(MarkdownReport.of(comparison));
        }
        return 0;
    }

    private void requireOptions(Measure what) {
        if (!(seconds > 0 && seconds <= MAX_SECONDS)) {
            throw new UserError("--seconds must be more than 0 and at most " + (int) MAX_SECONDS);
        }
        if (!(warmUpSeconds > 0 && warmUpSeconds <= MAX_SECONDS)) {
            throw new UserError("--warm-up must be more than 0 and at most " + (int) MAX_SECONDS);
        }
        if (rounds < 1 || rounds > MAX_ROUNDS) {
            throw new UserError("--rounds must be from 1 to " + MAX_ROUNDS);
        }
        Path folder = html == null ? null : html.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new UserError("no such folder: " + folder);
        }
        Set<String> unknown = new LinkedHashSet<>(only);
        List<String> names = Contestants.of(what).stream().map(Contestant::name).toList();
        names.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new UserError(
                    "--only does not know "
                            + String.join(", ", unknown)
                            + "; there are "
                            + String.join(", ", names));
        }
    }

    private List<Contestant> available(Measure what) throws IOException, InterruptedException {
        List<Contestant> available = new ArrayList<>();
        for (Contestant contestant : Contestants.of(what)) {
            if (only.isEmpty() || only.contains(contestant.name())) {
                String why = contestant.unavailable();
                if (why == null) {
                    available.add(contestant);
                } else {
                    leaveOut(contestant, why);
                }
            }
        }
        return available;
    }

    private static void leaveOut(Contestant contestant, String why) {
        System.err.println("tern perf compare: without " + contestant.name() + ": " + why);
    }

    /** In turns, so that what disturbs the machine for a while disturbs all of them. */
    private List<Row> measure(Measure what, List<Contestant> contestants)
            throws InterruptedException {
        Map<Contestant, List<Sample>> samples = new LinkedHashMap<>();
        contestants.forEach(contestant -> samples.put(contestant, new ArrayList<>()));
        for (int round = 1; round <= rounds; round++) {
            for (Contestant contestant : List.copyOf(samples.keySet())) {
                try {
                    Sample sample = contestant.measure(warmUpSeconds, seconds);
                    samples.get(contestant).add(sample);
                    System.err.println(
                            "round "
                                    + round
                                    + ": "
                                    + contestant.name()
                                    + " "
                                    + MarkdownReport.number(what.lead.of(sample))
                                    + " "
                                    + what.lead.unit);
                } catch (IOException e) {
                    samples.remove(contestant);
                    leaveOut(contestant, e.getMessage());
                }
            }
        }
        return samples.entrySet().stream()
                .map(entry -> new Row(entry.getKey().name(), entry.getValue()))
                .toList();
    }
}
