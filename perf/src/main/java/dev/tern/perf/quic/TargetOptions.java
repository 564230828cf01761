package dev.tern.perf.quic;

import dev.tern.peer.cli.HostPort;
import dev.tern.peer.cli.UserError;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the server of a measurement is, and how results are told. */
final class TargetOptions {
    @Parameters(
            arity = "0..1",
            paramLabel = "HOST:PORT",
            description = "A server: tern perf server, or another one with ALPN perf.")
    private String server;

    @Option(names = "--loopback", description = "Start a server here, in a process of its own.")
    private boolean loopback;

    @Option(names = "--cert", paramLabel = "FILE", description = "For --loopback: see perf server.")
    private Path chain;

    @Option(names = "--key", paramLabel = "FILE", description = "For --loopback: see perf server.")
    private Path key;

    @Option(names = "--json", description = "Print the results as one JSON object.")
    private boolean asJson;

    @Mixin private StackOptions stack;

    StackOptions stack() {
        return stack;
    }

    /**
     * The server that was asked for, started where that is wanted.
     *
     * @param options for a server that is started here
     */
    Target open(String... options) throws IOException {
        if (loopback == (server != null)) {
            throw new UserError("give either the HOST:PORT of a server or --loopback");
        }
        if (!loopback) {
            return new Target(HostPort.parse(server), null);
        }
        List<String> all = new ArrayList<>(stack.arguments());
        all.addAll(List.of(options));
        if (chain != null) {
            all.addAll(List.of("--cert", chain.toString()));
        }
        if (key != null) {
            all.addAll(List.of("--key", key.toString()));
        }
        ServerProcess process = ServerProcess.start(all);
        return new Target(process.address(), process);
    }

    void print(Figures figures) throws IOException {
        System.out.print(asJson ? figures.json() + System.lineSeparator() : figures.table());
    }
}
