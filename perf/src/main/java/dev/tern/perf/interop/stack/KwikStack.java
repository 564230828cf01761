package dev.tern.perf.interop.stack;

import dev.tern.perf.interop.Launch;
import dev.tern.perf.interop.Scenario;
import dev.tern.perf.interop.Site;
import dev.tern.perf.interop.Stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** kwik, by programs of ours around it. */
public final class KwikStack implements Stack {
    private static final String JAR = "kwik-";
    private static final String MAIN = "dev.tern.perf.interop.peer.KwikMain";

    private String classPath;

    @Override
    public String name() {
        return "kwik";
    }

    @Override
    public String prepare(Path cache) throws IOException {
        classPath = JavaProgram.peersClassPath(JAR);
        return JavaProgram.version(JAR);
    }

    @Override
    public String unsupported(Scenario scenario, boolean asServer) {
        return switch (scenario) {
            case ECN -> "kwik neither marks nor counts";
            case REBIND_PORT, REBIND_ADDR ->
                    asServer ? "kwik's server does not follow a client's new address" : null;
            default -> null;
        };
    }

    @Override
    public Launch server(Scenario scenario, Site site, int port, Path logs) {
        return JavaProgram.start(
                classPath,
                MAIN,
                List.of(
                        "server",
                        scenario.label(),
                        Integer.toString(port),
                        site.www().toString(),
                        site.certificate().toString(),
                        site.key().toString(),
                        site.keyStore().toString()));
    }

    @Override
    public Launch client(
            Scenario scenario, int port, Path downloads, List<String> files, Path logs) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "client",
                                scenario.label(),
                                Integer.toString(port),
                                downloads.toString()));
        arguments.addAll(files);
        return JavaProgram.start(classPath, MAIN, arguments);
    }
}
