package dev.tern.perf.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A child process that speaks as {@link dev.tern.perf.compare.end.EndMain} does. */
final class EndProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;
    private final PrintStream signals;

    private EndProcess(List<String> command) throws IOException {
        process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        lines = process.inputReader(StandardCharsets.UTF_8);
        signals = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** Starts an end by this command, to which its role is added. */
    static EndProcess start(List<String> command, String... role) throws IOException {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(role));
        return new EndProcess(all);
    }

    /** Waits until a server listens, and tells where. */
    int port() throws IOException {
        return (int) read("ready")[0];
    }

    /**
     * Waits until a server receives.
     *
     * @throws IOException if its client is gone before
     */
    void awaitTraffic(EndProcess client) throws IOException {
        CompletableFuture<Void> watch = client.process.onExit().thenRun(this::close);
        read("receiving");
        watch.cancel(false);
    }

    /** Begins the counting, or ends it. */
    void signal() {
        signals.println();
    }

    /** The last number is told by clients that time round trips. */
    Sample counted() throws IOException {
        long[] numbers = read("counted");
        return new Sample(numbers[0], numbers[2], numbers[1], numbers.length > 3 ? numbers[3] : 0);
    }

    /** The numbers of the line that begins with this word; other stacks may say more than that. */
    private long[] read(String word) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith(word + " ")) {
            line = lines.readLine();
        }
        if (line == null) {
            close();
            throw new IOException("an end failed to start, or ended too soon");
        }
        String[] parts = line.substring(word.length() + 1).split(" ", -1);
        long[] numbers = new long[parts.length];
        for (int i = 0; i < parts.length; i++) {
            numbers[i] = Long.parseLong(parts[i]);
        }
        return numbers;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
