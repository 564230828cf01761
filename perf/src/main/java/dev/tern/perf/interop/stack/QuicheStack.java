package dev.tern.perf.interop.stack;

import dev.tern.perf.interop.Launch;
import dev.tern.perf.interop.Scenario;
import dev.tern.perf.interop.Site;
import dev.tern.perf.interop.Stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** quiche through Netty, by programs of ours around it. */
public final class QuicheStack implements Stack {
    private final PeerProgram program =
            new PeerProgram("netty-codec-native-quic-", "dev.tern.perf.interop.peer.QuicheMain");

    @Override
    public String prepare(Path cache) throws IOException {
        return program.version();
    }

    @Override
    public String unsupported(Scenario scenario, boolean asServer) {
        return switch (scenario) {
            case ECN -> "quiche counts no marks; at most its socket could be told to set them";
            case V2 -> "quiche knows no version but 1";
            case KEYUPDATE ->
                    asServer ? null : "quiche follows a key update, but has no call to begin one";
            case REBIND_PORT, REBIND_ADDR ->
                    asServer
                            ? "quiche's server follows a client's new address, but never sends again"
                                    + " what was in flight to the old one (cloudflare/quiche#2452)"
                            : null;
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
