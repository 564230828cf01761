package dev.tern.peer.interop;

import dev.tern.crypto.identity.PkixVerifier;
import dev.tern.crypto.tls.NamedGroup;
import dev.tern.crypto.tls.PeerVerifier;
import dev.tern.peer.cli.UserError;
import dev.tern.quic.wire.Versions;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code tern interop client}. */
@Command(
        name = "client",
        description = "Download files from a server of any QUIC stack.",
        mixinStandardHelpOptions = true)
public final class InteropClientCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..*",
            paramLabel = "URL",
            description = "https://HOST:PORT/PATH, all of one server. Default: REQUESTS")
    private List<String> urls = List.of();

    @Option(
            names = "--testcase",
            paramLabel = "NAME",
            description = "What is tested. Default: TESTCASE, or transfer")
    private String testCaseName;

    @Option(
            names = "--alpn",
            paramLabel = "NAME",
            description = "What to speak: ${COMPLETION-CANDIDATES}. Default: by the test case")
    private Protocol protocol;

    @Option(
            names = "--downloads",
            paramLabel = "DIR",
            defaultValue = "/downloads",
            description = "Folder for the files. Default: ${DEFAULT-VALUE}")
    private Path downloads;

    @Option(
            names = "--ca",
            paramLabel = "PEM",
            description = "Authorities to trust instead of the platform's.")
    private Path authorities;

    @Option(names = "--insecure", description = "Take any certificate.")
    private boolean insecure;

    @Option(
            names = "--keylog",
            paramLabel = "FILE",
            description = "Append the secrets to a file. Default: SSLKEYLOGFILE")
    private Path keyLog;

    @Option(
            names = "--classic",
            description = {
                "Offer no post-quantum key exchange. The first flight is one datagram then,",
                "for servers that cannot take two."
            })
    private boolean classic;

    @Option(
            names = "--qlog",
            paramLabel = "DIR",
            description = "Write a qlog file for each connection. Default: QLOGDIR")
    private Path qlog;

    @Option(
            names = "--quic-version",
            paramLabel = "N",
            description = "Speak only this version of QUIC, 1 or 2. Default: by the test case")
    private Integer quicVersion;

    @Option(
            names = "--rebind-port-after",
            paramLabel = "BYTES",
            description = "After so many bytes send from another port, as behind a NAT.")
    private long rebindPortAfter = -1;

    @Option(
            names = "--rebind-address-after",
            paramLabel = "BYTES=ADDR",
            description = "After so many bytes send from another address, as behind a NAT.")
    private String rebindAddressAfter;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String name = RunnerDefaults.testCase(testCaseName);
        TestCase testCase = TestCase.named(name);
        if (testCase == null) {
            System.err.println("tern interop client: unsupported test case: " + name);
            return TestCase.UNSUPPORTED_EXIT_CODE;
        }
        List<Download> files = files();
        if (!Files.isDirectory(downloads)) {
            throw new UserError("no such folder: " + downloads);
        }
        Moves moves = new Moves();
        if (rebindPortAfter >= 0) {
            moves.rebindAfter(rebindPortAfter, null);
        }
        if (rebindAddressAfter != null) {
            addRebinding(moves, rebindAddressAfter);
        }
        new InteropClient(
                        testCase,
                        protocol == null ? testCase.protocol() : protocol,
                        versions(testCase),
                        verifier(files.getFirst().host()),
                        KeyLogAppender.to(RunnerDefaults.keyLog(keyLog)),
                        classic ? NamedGroup.CLASSIC : NamedGroup.HYBRID_FIRST,
                        RunnerDefaults.observers(qlog),
                        moves,
                        downloads)
                .run(files);
        return 0;
    }

    private Integer[] versions(TestCase testCase) {
        if (quicVersion == null) {
            return testCase.versions();
        }
        return switch (quicVersion) {
            case 1 -> new Integer[] {Versions.V1};
            case 2 -> new Integer[] {Versions.V2};
            default -> throw new UserError("there is no version " + quicVersion + "; give 1 or 2");
        };
    }

    private List<Download> files() {
        List<String> requests = RunnerDefaults.requests(urls);
        if (requests.getFirst().isEmpty()) {
            throw new UserError("give at least one URL, or set REQUESTS");
        }
        List<Download> files = requests.stream().map(Download::of).toList();
        Download first = files.getFirst();
        for (Download file : files) {
            if (!file.host().equals(first.host()) || file.port() != first.port()) {
                throw new UserError("all URLs must be of one server");
            }
        }
        return files;
    }

    private PeerVerifier verifier(String host) throws IOException {
        if (authorities != null) {
            return PkixVerifier.server(host, authorities, System::currentTimeMillis);
        }
        return insecure || RunnerDefaults.isRunner()
                ? chain -> {}
                : PkixVerifier.server(host, System::currentTimeMillis);
    }

    private static void addRebinding(Moves moves, String option) {
        int equals = option.indexOf('=');
        try {
            moves.rebindAfter(
                    Long.parseLong(option.substring(0, Math.max(equals, 0))),
                    InetAddress.getByName(option.substring(equals + 1)));
        } catch (NumberFormatException | UnknownHostException e) {
            throw new UserError(
                    "\"" + option + "\" is not BYTES=ADDR, for example 100000=192.0.2.7");
        }
    }
}
