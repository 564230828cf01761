package dev.tern.perf.quic;

import dev.tern.peer.cli.UserError;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link ServerCommand} in a process of its own on loopback, started as this one was. */
final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream questions;
    private final InetSocketAddress address;

    private ServerProcess(Process process) throws IOException {
        this.process = process;
        answers = process.inputReader(StandardCharsets.UTF_8);
        questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        int port = Integer.parseInt(read(ServerCommand.READY));
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /**
     * Starts a server on any port of the loopback address.
     *
     * @param options for it, beside where to listen
     */
    static ServerProcess start(List<String> options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(ServerProcess::isKept)
                .forEach(command::add);
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), "dev.tern.peer.cli.Tern"));
        command.addAll(List.of("perf", "server", "--asked"));
        command.addAll(
                List.of("--listen", InetAddress.getLoopbackAddress().getHostAddress() + ":0"));
        command.addAll(options);
        return new ServerProcess(
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
    }

    /** The cache of loaded classes would bring a profile of other work. */
    private static boolean isKept(String argument) {
        return argument.startsWith("--")
                || argument.startsWith("-X") && !argument.startsWith("-XX:AOT")
                || argument.startsWith("-Dtern.") && !argument.startsWith("-Dtern.aot")
                || argument.startsWith("-Dorg.slf4j");
    }

    InetSocketAddress address() {
        return address;
    }

    Sample sample() throws IOException {
        return Sample.parse(ask(ServerCommand.SAMPLE));
    }

    /** What is in use of its heap once all garbage is collected. */
    long heapBytes() throws IOException {
        return heap(0);
    }

    /** How many connections it has. */
    long connections() throws IOException {
        return heap(1);
    }

    private long heap(int index) throws IOException {
        return Long.parseLong(ask(ServerCommand.HEAP).split(" ", -1)[index]);
    }

    private String ask(String question) throws IOException {
        questions.println(question);
        return read(question);
    }

    /** What follows this word in the next line, which must begin with it. */
    private String read(String word) throws IOException {
        String line = answers.readLine();
        if (line == null || !line.startsWith(word + " ")) {
            close();
            throw new UserError("the server failed to start or ended too soon");
        }
        return line.substring(word.length() + 1);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
