package dev.tern.perf.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A process that writes into a file, and never outlives the run that it is for. */
public final class Program implements AutoCloseable {
    /** In place of an exit code: it is still running. */
    static final int RUNNING = -1;

    private static final int END_TIMEOUT_S = 2;
    private static final Pattern STACK_TRACE = Pattern.compile("at \\S+\\(|\\.\\.\\. \\d+ more");

    private final Process process;

    private Program(Process process) {
        this.process = process;
    }

    /** Starts it. */
    public static Program start(Launch launch, Path log) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(launch.command())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        if (launch.folder() != null) {
            builder.directory(launch.folder().toFile());
        }
        builder.environment().putAll(launch.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        return new Program(process);
    }

    /** The exit code, or {@link #RUNNING} when the time is up. */
    public int await(int seconds) throws IOException {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : RUNNING;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** The last line that says something, and is not one of a Java stack trace. */
    public static String lastLine(Path log) throws IOException {
        return new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !STACK_TRACE.matcher(line).lookingAt())
                .reduce((a, b) -> b)
                .orElse("it says nothing");
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        if (await(END_TIMEOUT_S) == RUNNING) {
            process.destroyForcibly();
        }
    }
}
