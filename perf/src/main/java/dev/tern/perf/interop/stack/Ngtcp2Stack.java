package dev.tern.perf.interop.stack;

import dev.tern.perf.interop.Launch;
import dev.tern.perf.interop.Program;
import dev.tern.perf.interop.Scenario;
import dev.tern.perf.interop.Site;
import dev.tern.perf.interop.Stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** ngtcp2, by the examples that Debian packages. They speak HTTP/3 and nothing else. */
public final class Ngtcp2Stack implements Stack {
    private static final Path CLIENT = Path.of("/usr/bin/gtlsclient");
    private static final Path SERVER = Path.of("/usr/sbin/gtlsserver");
    private static final int QUERY_TIMEOUT_S = 10;

    /** With a third of the datagrams lost, a handshake may take longer than the default of 10 s. */
    private static final String HANDSHAKE_TIMEOUT = "--handshake-timeout=30s";

    @Override
    public String prepare(Path cache) throws IOException {
        Files.createDirectories(cache);
        require(CLIENT, "ngtcp2-client");
        require(SERVER, "ngtcp2-server");
        // The programs do not say it themselves.
        Path log = cache.resolve("ngtcp2.log");
        List<String> query = List.of("dpkg-query", "-W", "-f=${Version}\n", "ngtcp2-client");
        try (Program dpkg = Program.start(new Launch(query), log)) {
            if (dpkg.await(QUERY_TIMEOUT_S) != 0) {
                throw new IOException(Program.lastLine(log));
            }
        }
        return Program.lastLine(log).replaceFirst("[+-].*", "");
    }

    private static void require(Path program, String debianPackage) throws IOException {
        if (!Files.isExecutable(program)) {
            throw new IOException("no " + program + " (Debian package " + debianPackage + ")");
        }
    }

    @Override
    public String unsupported(Scenario scenario, boolean asServer) {
        return scenario == Scenario.V2
                ? "Debian's ngtcp2 speaks a draft of version 2, which has another number"
                : null;
    }

    @Override
    public Launch server(Scenario scenario, Site site, int port, Path logs) {
        List<String> command = new ArrayList<>();
        command.addAll(List.of(SERVER.toString(), "--quiet", HANDSHAKE_TIMEOUT));
        if (scenario == Scenario.RETRY) {
            command.add("--validate-addr");
        }
        command.add("--htdocs=" + site.www());
        command.addAll(List.of("127.0.0.1", Integer.toString(port)));
        command.addAll(List.of(site.key().toString(), site.certificate().toString()));
        return new Launch(command);
    }

    @Override
    public Launch client(
            Scenario scenario, int port, Path downloads, List<String> files, Path logs) {
        List<String> program = new ArrayList<>();
        program.addAll(List.of(CLIENT.toString(), "--quiet", HANDSHAKE_TIMEOUT));
        program.addAll(List.of("--exit-on-all-streams-close", "--download=" + downloads));
        program.addAll(options(scenario, logs));
        program.addAll(List.of("127.0.0.1", Integer.toString(port)));
        return inTurn(
                connections(scenario, files).stream()
                        .map(each -> fetching(program, port, each))
                        .toList());
    }

    private static List<String> options(Scenario scenario, Path logs) {
        return switch (scenario) {
            case KEYUPDATE -> List.of("--key-update=1ms");
            case RESUMPTION ->
                    List.of(
                            "--session-file=" + logs.resolve("session"),
                            "--tp-file=" + logs.resolve("transport-parameters"),
                            "--disable-early-data");
            case ZERORTT ->
                    List.of(
                            "--session-file=" + logs.resolve("session"),
                            "--tp-file=" + logs.resolve("transport-parameters"));
            default -> List.of();
        };
    }

    /** Which files come by which connection. */
    private static List<List<String>> connections(Scenario scenario, List<String> files) {
        return switch (scenario) {
            case HANDSHAKELOSS -> files.stream().map(List::of).toList();
            case RESUMPTION, ZERORTT ->
                    List.of(files.subList(0, 1), files.subList(1, files.size()));
            default -> List.of(files);
        };
    }

    private static List<String> fetching(List<String> program, int port, List<String> files) {
        List<String> command = new ArrayList<>(program);
        files.forEach(file -> command.add("https://127.0.0.1:" + port + "/" + file));
        return command;
    }

    /** One connection is all that a run of the program makes. */
    private static Launch inTurn(List<List<String>> commands) {
        if (commands.size() == 1) {
            return new Launch(commands.getFirst());
        }
        String script =
                commands.stream().map(Ngtcp2Stack::quoted).collect(Collectors.joining(" && "));
        return new Launch(List.of("sh", "-c", script));
    }

    private static String quoted(List<String> command) {
        return command.stream()
                .map(each -> "'" + each.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }
}
