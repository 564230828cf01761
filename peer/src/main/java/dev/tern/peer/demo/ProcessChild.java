package dev.tern.peer.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A part of the demo in a process of its own, started as this one was. */
final class ProcessChild implements Child {
    /**
     * Four machines in four processes, perhaps on two cores. The optimising compiler would take
     * both for ten seconds, so it is left to the ciphers, which need it even at 100 Mbit/s: it
     * alone knows the processor's AES instructions. And what moves packets goes before what
     * compiles or moves the file; the network itself, in the process that starts these, before all.
     */
    private static final List<String> FOUR_ON_ONE =
            List.of(
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:ThreadPriorityPolicy=1",
                    "-XX:CompilerThreadPriority=19",
                    "-XX:JavaPriority1_To_OSPriority=10",
                    "-XX:JavaPriority5_To_OSPriority=4",
                    "-XX:JavaPriority10_To_OSPriority=2",
                    "-XX:-PrintWarnings",
                    "-XX:-AOTReplayTraining",
                    "-XX:Tier4InvocationThreshold=1000000",
                    "-XX:Tier4MinInvocationThreshold=600000",
                    "-XX:Tier4CompileThreshold=3000000",
                    "-XX:Tier4BackEdgeThreshold=8000000",
                    "-XX:CompileCommand=quiet",
                    "-XX:CompileCommand=CompileThresholdScaling,com.sun.crypto.provider.*::*,0.002",
                    "-XX:CompileCommand=CompileThresholdScaling,org.bouncycastle.math.*::*,0.005");

    private static final long EXIT_TIMEOUT_MS = 500;
    private static final int MAX_COMPLAINT_LINES = 20;

    private final Process process;
    private final PrintStream commands;
    private final List<String> complaint = new ArrayList<>();

    private ProcessChild(Process process, Consumer<String> lines, Runnable onExit) {
        this.process = process;
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        startReader("out", process.inputReader(StandardCharsets.UTF_8), lines, onExit);
        startReader("err", process.errorReader(StandardCharsets.UTF_8), this::complain, () -> {});
    }

    /**
     * Starts {@code tern} with these arguments.
     *
     * @param lines hears every line that it prints
     * @param onExit called when it prints no more
     */
    static ProcessChild start(List<String> arguments, Consumer<String> lines, Runnable onExit)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(
                java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.addAll(FOUR_ON_ONE);
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        String cache = System.getProperty("tern.aot");
        if (cache != null) {
            command.add("-XX:AOTCache=" + cache);
        }
        String aead = System.getProperty("tern.aead");
        if (aead != null) {
            command.add("-Dtern.aead=" + aead);
        }
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), "dev.tern.peer.cli.Tern"));
        command.addAll(arguments);
        return new ProcessChild(new ProcessBuilder(command).start(), lines, onExit);
    }

    private void startReader(
            String name, BufferedReader reader, Consumer<String> lines, Runnable onEnd) {
        Thread.ofPlatform()
                .daemon()
                .name("demo-" + name + "-" + process.pid())
                .start(
                        () -> {
                            try (reader) {
                                String line;
                                while ((line = reader.readLine()) != null) {
                                    lines.accept(line);
                                }
                            } catch (IOException e) {
                                complain(e.getMessage());
                            }
                            onEnd.run();
                        });
    }

    private synchronized void complain(String line) {
        if (complaint.size() < MAX_COMPLAINT_LINES) {
            complaint.add(line);
        }
    }

    @Override
    public void tell(String line) {
        commands.println(line);
    }

    @Override
    public synchronized String complaint() {
        return String.join("\n", complaint);
    }

    @Override
    public void close() {
        commands.close();
        try {
            if (!process.waitFor(EXIT_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
