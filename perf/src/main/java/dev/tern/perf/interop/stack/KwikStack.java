package dev.tern.perf.interop.stack;

import dev.tern.perf.interop.Launch;
import dev.tern.perf.interop.Scenario;
import dev.tern.perf.interop.Site;
import dev.tern.perf.interop.Stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** kwik, by programs of ours around it. */
public final class KwikStack implements Stack {
    private final PeerProgram program =
            new PeerProgram("kwik-", "dev.tern.perf.interop.peer.KwikMain");

    @Override
    public String prepare(Path cache) throws IOException {
        return program.version();
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
    public Launch server(Scenario scenario, Site site, int port, Path logs) throws IOException {
        return program.server(scenario, site, port);
    }

    @Override
    public Launch client(Scenario scenario, int port, Path downloads, List<String> files, Path logs)
            throws IOException {
        return program.client(scenario, port, downloads, files);
    }
}
