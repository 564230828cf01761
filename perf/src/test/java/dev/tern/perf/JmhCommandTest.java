package dev.tern.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.peer.cli.Tern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

class JmhCommandTest {
    @TempDir private Path folder;

    private record Outcome(int exitCode, String out, String err) {}

    private static Outcome tern(String... arguments) {
        PrintStream realOut = System.out;
        PrintStream realErr = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int exitCode = Tern.commandLine().execute(arguments);
            return new Outcome(
                    exitCode,
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(realOut);
            System.setErr(realErr);
        }
    }

    @Test
    void shouldShowWhatPerfCanMeasure() {
        Outcome outcome = tern("perf");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("Usage: tern perf").contains("jmh");
    }

    @Test
    void shouldRefuseWhatIsNoRegularExpression() {
        Outcome outcome = tern("perf", "jmh", "Frame(");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines())
                .containsExactly("tern perf jmh: not a regular expression: Frame(: Unclosed group");
    }

    @Test
    void shouldSayWhenNoBenchmarkMatches() {
        Outcome outcome = tern("perf", "jmh", "NoSuchBenchmark");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines())
                .containsExactly(
                        "tern perf jmh: no benchmark matches NoSuchBenchmark; '.' matches all of"
                                + " them");
    }

    @Test
    void shouldSayWhenResultsCannotBeWritten() {
        Path missing = folder.resolve("missing").resolve("results.json");

        Outcome outcome = tern("perf", "jmh", "parseShortHeader", "--json", missing.toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err().lines())
                .containsExactly("tern perf jmh: no such folder: " + missing.getParent());
    }

    @Test
    void shouldShowATableAndWriteTheResults() throws IOException {
        Path json = folder.resolve("results.json");

        // In this JVM and without warming up: what is shown counts here, not the figures.
        Outcome outcome =
                tern(
                        "perf",
                        "jmh",
                        "parseShortHeader",
                        "-f",
                        "0",
                        "-wi",
                        "0",
                        "-i",
                        "1",
                        "--time",
                        "10",
                        "--json",
                        json.toString());

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out().lines().toList())
                .hasSize(2)
                .satisfies(
                        lines ->
                                assertThat(lines.get(1))
                                        .matches(
                                                "PacketBenchmark.parseShortHeader .* ns/op +[0-9]+"
                                                        + " B/op"));
        assertThat(Files.readString(json)).contains("dev.tern.perf.jmh.PacketBenchmark");
    }
}
