package dev.tern.perf.udp;

import dev.tern.peer.cli.UserError;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link UdpEndCommand} in a process of its own, started as this one was. */
final class UdpEnd implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;
    private final PrintStream signals;
    private final int port;

    private UdpEnd(Process process) throws IOException {
        this.process = process;
        lines = process.inputReader(StandardCharsets.UTF_8);
        signals = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        port = (int) read(UdpEndCommand.READY)[0];
    }

    /**
     * Starts one end.
     *
     * @param to the port to send to, or 0 to receive
     */
    static UdpEnd start(String transport, int size, int to) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-X") || argument.startsWith("--"))
                .filter(argument -> !argument.startsWith("-XX:AOTCacheOutput"))
                .forEach(command::add);
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), "dev.tern.peer.cli.Tern"));
        command.addAll(List.of("perf", "udp-end", "--transport", transport));
        command.addAll(List.of("--size", String.valueOf(size), "--to", String.valueOf(to)));
        return new UdpEnd(new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
    }

    int port() {
        return port;
    }

    /** Begins the counting, or ends it. */
    void signal() {
        signals.println();
    }

    Pump.Count count() throws IOException {
        long[] numbers = read(UdpEndCommand.COUNTED);
        return new Pump.Count(numbers[0], numbers[1], numbers[2]);
    }

    /** The numbers of the next line, which must begin with this word. */
    private long[] read(String word) throws IOException {
        String line = lines.readLine();
        if (line == null || !line.startsWith(word + " ")) {
            close();
            throw new UserError("an end of the measurement failed to start or ended too soon");
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
        process.destroy();
    }
}
