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
import java.util.Map;
import java.util.stream.Stream;

/**
 * quic-go, by the client and the server that it brings for the interop runner: built from a copy in
 * which only their fixed paths and the port are changed, and in which the client knows a case v2.
 */
public final class QuicGoStack implements Stack {
    private static final String MODULE = "github.com/quic-go/quic-go";

    /** Not the latest, whichever it is: what holds today shall not fail by another's release. */
    private static final String VERSION = "v0.65.0";

    private static final int DOWNLOAD_TIMEOUT_S = 120;
    private static final int BUILD_TIMEOUT_S = 240;
    private static final List<String> GO = List.of("go", "/usr/local/go/bin/go");

    private Path programs;

    @Override
    public String prepare(Path cache) throws IOException {
        Files.createDirectories(cache);
        String go = findGo(cache);
        Path log = cache.resolve("go.log");
        run(
                new Launch(
                        List.of(go, "mod", "download", "-json", MODULE + "@" + VERSION),
                        Map.of(),
                        cache),
                log,
                DOWNLOAD_TIMEOUT_S);
        String answer = Files.readString(log);
        programs = cache.resolve("quic-go-" + VERSION);
        if (!Files.isExecutable(programs.resolve("server-program"))) {
            Path source = programs.resolve("source");
            copy(Path.of(field(answer, "Dir")), source);
            adapt(source);
            for (String each : List.of("server", "client")) {
                run(
                        new Launch(
                                List.of(
                                        go,
                                        "build",
                                        "-o",
                                        programs.resolve(each + "-program") + "",
                                        "./interop/" + each),
                                Map.of("GOFLAGS", "-mod=mod"),
                                source),
                        programs.resolve("build.log"),
                        BUILD_TIMEOUT_S);
            }
        }
        return VERSION.substring(1);
    }

    private static String findGo(Path cache) throws IOException {
        for (String each : GO) {
            try {
                run(
                        new Launch(List.of(each, "version")),
                        cache.resolve("go.log"),
                        DOWNLOAD_TIMEOUT_S);
                return each;
            } catch (IOException e) {
                // Not that one.
            }
        }
        throw new IOException("Go is not installed");
    }

    private static void run(Launch launch, Path log, int timeoutSeconds) throws IOException {
        try (Program program = Program.start(launch, log)) {
            int exitCode = program.await(timeoutSeconds);
            if (exitCode != 0) {
                throw new IOException(
                        String.join(" ", launch.command()) + ": " + Program.lastLine(log));
            }
        }
    }

    private static String field(String json, String name) throws IOException {
        String before = "\"" + name + "\": \"";
        int start = json.indexOf(before);
        if (start < 0) {
            throw new IOException("Go's module proxy does not give " + MODULE);
        }
        int from = start + before.length();
        return json.substring(from, json.indexOf('"', from));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!Files.exists(target)) {
                    Files.write(target, Files.readAllBytes(file));
                }
            }
        }
    }

    private static void adapt(Path source) throws IOException {
        Path server = source.resolve("interop/server/main.go");
        String serving =
                Files.readString(server)
                        .replace("\"/logs/log.txt\"", "os.Getenv(\"LOG\")")
                        .replace(
                                "\"/certs/cert.pem\", \"/certs/priv.key\"",
                                "os.Getenv(\"CERT\"), os.Getenv(\"KEY\")")
                        .replace("\"/www\"", "os.Getenv(\"WWW\")")
                        .replace("\":443\"", "os.Getenv(\"LISTEN\")");
        Files.writeString(server, serving);
        Path client = source.resolve("interop/client/main.go");
        String fetching =
                Files.readString(client)
                        .replace("\"/logs/log.txt\"", "os.Getenv(\"LOG\")")
                        .replace("\"/downloads\"", "os.Getenv(\"DOWNLOADS\")")
                        .replace(
                                "case \"handshake\",",
                                "case \"v2\":\n\t\tquicConf.Versions = []quic.Version{quic.Version2}\n\tcase \"handshake\",");
        Files.writeString(client, fetching);
    }

    @Override
    public String unsupported(Scenario scenario, boolean asServer) {
        return null;
    }

    @Override
    public Launch server(Scenario scenario, Site site, int port, Path logs) {
        return new Launch(
                List.of(programs.resolve("server-program").toString()),
                Map.of(
                        "TESTCASE", serverCase(scenario),
                        "LOG", logs.resolve("quic-go-server.log").toString(),
                        "CERT", site.certificate().toString(),
                        "KEY", site.key().toString(),
                        "WWW", site.www().toString(),
                        "LISTEN", "127.0.0.1:" + port),
                null);
    }

    /** What a server has nothing to do for is an ordinary transfer to it. */
    private static String serverCase(Scenario scenario) {
        return switch (scenario) {
            case RETRY, CHACHA20, RESUMPTION, ZERORTT -> scenario.label();
            default -> "transfer";
        };
    }

    @Override
    public Launch client(
            Scenario scenario, int port, Path downloads, List<String> files, Path logs) {
        List<String> command = new ArrayList<>();
        command.add(programs.resolve("client-program").toString());
        files.forEach(file -> command.add("https://127.0.0.1:" + port + "/" + file));
        return new Launch(
                command,
                Map.of(
                        "TESTCASE", clientCase(scenario),
                        "LOG", logs.resolve("quic-go-client.log").toString(),
                        "DOWNLOADS", downloads.toString()),
                null);
    }

    private static String clientCase(Scenario scenario) {
        return switch (scenario) {
            case RETRY, CHACHA20, KEYUPDATE, RESUMPTION, ZERORTT, V2 -> scenario.label();
            case HANDSHAKELOSS -> "multiconnect";
            default -> "transfer";
        };
    }
}
