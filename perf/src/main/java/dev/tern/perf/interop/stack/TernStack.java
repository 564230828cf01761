package dev.tern.perf.interop.stack;

import dev.tern.perf.interop.Launch;
import dev.tern.perf.interop.Scenario;
import dev.tern.perf.interop.Site;
import dev.tern.perf.interop.Stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tern itself, by its own programs. */
public final class TernStack implements Stack {
    private final String alpn;
    private final List<String> clientOptions;

    /**
     * @param alpn what it speaks with that other stack
     * @param clientOptions what the client needs to meet that other stack
     */
    public TernStack(String alpn, List<String> clientOptions) {
        this.alpn = alpn;
        this.clientOptions = List.copyOf(clientOptions);
    }

    @Override
    public String prepare(Path cache) {
        return "";
    }

    @Override
    public String unsupported(Scenario scenario, boolean asServer) {
        return null;
    }

    @Override
    public Launch server(Scenario scenario, Site site, int port, Path logs) {
        return JavaProgram.tern(
                List.of(
                        "interop",
                        "server",
                        "--listen=127.0.0.1:" + port,
                        "--www=" + site.www(),
                        "--cert=" + site.certificate(),
                        "--key=" + site.key(),
                        "--testcase=" + scenario.label(),
                        "--alpn=" + alpn,
                        "--connections=" + scenario.connections(),
                        "--keylog=" + logs.resolve("keys.log"),
                        "--qlog=" + logs.resolve("qlog")));
    }

    @Override
    public Launch client(
            Scenario scenario, int port, Path downloads, List<String> files, Path logs) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "interop",
                                "client",
                                "--insecure",
                                "--testcase=" + scenario.label(),
                                "--alpn=" + alpn,
                                "--downloads=" + downloads,
                                "--keylog=" + logs.resolve("keys.log"),
                                "--qlog=" + logs.resolve("qlog")));
        arguments.addAll(clientOptions);
        files.forEach(file -> arguments.add("https://127.0.0.1:" + port + "/" + file));
        return JavaProgram.tern(arguments);
    }
}
