package dev.tern.perf.interop.stack;

import dev.tern.perf.interop.Launch;
import dev.tern.perf.interop.Scenario;
import dev.tern.perf.interop.Site;
import dev.tern.perf.interop.Stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** quiche through Netty, by programs of ours around it. */
public final class QuicheStack implements Stack {
    private static final String JAR = "netty-codec-native-quic-";
    private static final String MAIN = "dev.tern.perf.interop.peer.QuicheMain";

    private String classPath;

    @Override
    public String name() {
        return "quiche";
    }

    @Override
    public String prepare(Path cache) throws IOException {
        classPath = JavaProgram.peersClassPath(JAR);
        return JavaProgram.version(JAR);
    }

    @Override
    public String unsupported(Scenario scenario, boolean asServer) {
        return switch (scenario) {
            case ECN -> "quiche neither marks nor counts";
            case V2 -> "quiche speaks version 1 only";
            case KEYUPDATE -> asServer ? null : "quiche does not begin a key update";
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
