package dev.tern.perf.compare;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;

/** quic-go: two small programs in one, built where Go is installed, and kept. */
final class QuicGo implements Contestant {
    private static final List<String> SOURCES = List.of("main.go", "go.mod", "go.sum");
    private Path program;

    @Override
    public String name() {
        return "quic-go";
    }

    @Override
    public String unavailable() throws IOException, InterruptedException {
        if (!Home.exists()) {
            return "only the launcher `tern` knows where to build it";
        }
        if (!onPath("go")) {
            return "Go is not installed";
        }
        Path folder = Files.createDirectories(Home.folder().resolve("quic-go"));
        boolean fresh = false;
        for (String source : SOURCES) {
            fresh |= copy(source, folder.resolve(source));
        }
        program = folder.resolve("quic-go-end");
        return !fresh && Files.exists(program) ? null : build(folder);
    }

    static boolean onPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /**
     * Copies a source.
     *
     * @return whether it differs from what was there
     */
    private static boolean copy(String source, Path to) throws IOException {
        byte[] content;
        try (InputStream resource = QuicGo.class.getResourceAsStream("quicgo/" + source)) {
            content = resource.readAllBytes();
        }
        if (Files.exists(to) && Arrays.equals(content, Files.readAllBytes(to))) {
            return false;
        }
        Path half = to.resolveSibling(source + ".new");
        Files.write(half, content);
        Files.move(half, to, StandardCopyOption.REPLACE_EXISTING);
        return true;
    }

    private String build(Path folder) throws IOException, InterruptedException {
        Files.deleteIfExists(program);
        Path log = folder.resolve("build.log");
        int exitCode =
                new ProcessBuilder("go", "build", "-o", program.toString(), ".")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start()
                        .waitFor();
        return exitCode == 0 ? null : "`go build` failed; its output is in " + log;
    }

    @Override
    public Sample measure(double warmUpSeconds, double seconds)
            throws IOException, InterruptedException {
        return Pair.measure(List.of(program.toString()), warmUpSeconds, seconds);
    }
}
