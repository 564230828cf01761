package dev.tern.perf.interop;

import dev.tern.perf.interop.io.Ports;
import dev.tern.perf.interop.io.UdpProxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * One run: a server, a client, and the network between.
 *
 * @param seed of the losses
 * @param folder in which everything stays that the run leaves behind
 */
record Attempt(
        Scenario scenario,
        Stack server,
        Stack client,
        boolean ternIsClient,
        Site site,
        long seed,
        Path folder) {
    /** What a program exits with in a case that it does not know, so says the interop runner. */
    private static final int UNSUPPORTED_EXIT_CODE = 127;

    private static final int START_TIMEOUT_S = 10;
    private static final int SERVER_END_TIMEOUT_S = 3;

    Outcome run() throws IOException {
        Path downloads = Files.createDirectories(folder.resolve("downloads"));
        Path qlog = Files.createDirectories(folder.resolve("qlog"));
        Path serverLog = folder.resolve("server.log");
        int port = Ports.free();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        WireWatch wire = new WireWatch();
        Random random = new Random(seed);
        try (Program serving =
                        Program.start(server.server(scenario, site, port, folder), serverLog);
                UdpProxy proxy =
                        new UdpProxy(
                                address, scenario.loss(), random, scenario.rebinding(), wire)) {
            if (!Ports.awaitTaken(port, START_TIMEOUT_S, serving::isRunning)) {
                return ended(serving.await(0), "the server", serverLog);
            }
            int at = scenario.passesProxy() ? proxy.address().getPort() : port;
            Outcome fetched = fetch(at, downloads);
            if (fetched != null) {
                return fetched;
            }
            if (!ternIsClient) {
                // It ends after so many connections, and its records are whole then.
                serving.await(SERVER_END_TIMEOUT_S);
            }
            String missing =
                    scenario.missing(
                            new Evidence(ternIsClient, wire, proxy.answeredAfterRebinding(), qlog));
            return missing == null ? Outcome.ok("") : Outcome.failed(missing);
        }
    }

    /** Null if all files arrived. */
    private Outcome fetch(int port, Path downloads) throws IOException {
        List<String> files = scenario.files().toList();
        Path log = folder.resolve("client.log");
        try (Program fetching =
                Program.start(client.client(scenario, port, downloads, files, folder), log)) {
            int exitCode = fetching.await(scenario.timeoutSeconds());
            if (exitCode != 0) {
                return ended(exitCode, "the client", log);
            }
        }
        for (String file : files) {
            Path arrived = downloads.resolve(file);
            if (!Files.exists(arrived)) {
                return Outcome.failed(file + " did not arrive");
            }
            if (Files.mismatch(site.www().resolve(file), arrived) >= 0) {
                return Outcome.failed(file + " did not arrive as it was");
            }
        }
        return null;
    }

    private static Outcome ended(int exitCode, String who, Path log) throws IOException {
        return switch (exitCode) {
            case UNSUPPORTED_EXIT_CODE -> Outcome.unsupported(who + " does not know it");
            case Program.RUNNING -> Outcome.failed(who + " took too long");
            default -> Outcome.failed(who + ": " + Program.lastLine(log));
        };
    }
}
