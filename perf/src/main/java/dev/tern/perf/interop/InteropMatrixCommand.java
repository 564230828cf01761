package dev.tern.perf.interop;

import dev.tern.peer.cli.Subcommand;
import dev.tern.peer.cli.UserError;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;

/** {@code tern interop-matrix}. */
@Command(
        name = "interop-matrix",
        description = {
            "Try Tern against other QUIC stacks on this machine, in both roles.",
            "A stack that cannot be had here is named, and left out."
        },
        mixinStandardHelpOptions = true)
public final class InteropMatrixCommand implements Subcommand {
    @Option(
            names = "--peers",
            paramLabel = "NAME",
            split = ",",
            description = "Which stacks: ${COMPLETION-CANDIDATES}. Default: all")
    private List<Peer> peers = List.of(Peer.values());

    @Option(
            names = "--cases",
            paramLabel = "NAME",
            split = ",",
            description = "What to try, by the interop runner's names. Default: all")
    private List<String> cases = Arrays.stream(Scenario.values()).map(Scenario::label).toList();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the files and the losses. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            defaultValue = "target/interop",
            description = {
                "For the other stacks' programs, and for what each run leaves: logs, keys, qlog.",
                "Default: ${DEFAULT-VALUE}"
            })
    private Path folder;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Write the table into a file, too.")
    private Path markdown;

    @Override
    public Integer call() throws IOException, GeneralSecurityException, InterruptedException {
        Path absolute = folder.toAbsolutePath();
        Site site = Site.make(absolute.resolve("site"), seed);
        Matrix matrix = new Matrix(site, absolute, seed, System.out::println);
        Table table = matrix.run(peers, cases.stream().map(this::scenario).toList(), this::write);
        System.out.println("\n" + table.markdown() + "\n" + table.summary());
        return table.holds() ? 0 : 1;
    }

    private void write(Table table) {
        try {
            if (markdown != null) {
                Files.writeString(markdown, table.page());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Scenario scenario(String name) {
        return Arrays.stream(Scenario.values())
                .filter(each -> each.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new UserError("no such case: " + name));
    }
}
