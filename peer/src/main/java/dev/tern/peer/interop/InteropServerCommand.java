package dev.tern.peer.interop;

import dev.tern.crypto.identity.PemCredentials;
import dev.tern.crypto.resumption.ReplayGuard;
import dev.tern.crypto.resumption.TicketSealer;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.crypto.tls.TlsConfigBuilder;
import dev.tern.peer.cli.HostPort;
import dev.tern.peer.cli.UserError;
import dev.tern.quic.api.QuicConnection;
import dev.tern.quic.api.QuicEndpoint;
import dev.tern.quic.api.QuicEndpointBuilder;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.connection.ConnectionConfigBuilder;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/** {@code tern interop server}. */
@Command(
        name = "server",
        description = "Serve the files of a folder to clients of any QUIC stack.",
        mixinStandardHelpOptions = true)
public final class InteropServerCommand implements Callable<Integer> {
    private static final long TICKET_LIFETIME_MS = 3_600_000;
    private static final int MAX_EARLY_HANDSHAKES = 10_000;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "[::]:443",
            description = "Address to listen on. Default: ${DEFAULT-VALUE}")
    private String listen;

    @Option(
            names = "--www",
            paramLabel = "DIR",
            defaultValue = "/www",
            description = "Folder with the files. Default: ${DEFAULT-VALUE}")
    private Path www;

    @Option(
            names = "--cert",
            paramLabel = "PEM",
            defaultValue = "/certs/cert.pem",
            description = "Certificate chain. Default: ${DEFAULT-VALUE}")
    private Path certificate;

    @Option(
            names = "--key",
            paramLabel = "PEM",
            defaultValue = "/certs/priv.key",
            description = "Its private key. Default: ${DEFAULT-VALUE}")
    private Path key;

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
            names = "--keylog",
            paramLabel = "FILE",
            description = "Append the secrets to a file. Default: SSLKEYLOGFILE")
    private Path keyLog;

    @Option(
            names = "--qlog",
            paramLabel = "DIR",
            description = "Write a qlog file for each connection. Default: QLOGDIR")
    private Path qlog;

    @Option(
            names = "--preferred",
            paramLabel = "HOST:PORT",
            description = {
                "Where clients shall go on after the handshake (preferred address);",
                "once for IPv4, once for IPv6."
            })
    private List<String> preferred = List.of();

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "End after so many connections; without it, never.")
    private int connections = Integer.MAX_VALUE;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String name = RunnerDefaults.testCase(testCaseName);
        TestCase testCase = TestCase.named(name);
        if (testCase == null) {
            System.err.println("tern interop server: unsupported test case: " + name);
            return TestCase.UNSUPPORTED_EXIT_CODE;
        }
        if (!Files.isDirectory(www)) {
            throw new UserError("no such folder: " + www);
        }
        if (protocol == null) {
            protocol = testCase.protocol();
        }
        Failures failures =
                new Failures(text -> System.err.println("tern interop server: " + text));
        QuicEndpointBuilder builder =
                QuicEndpoint.builder().bind(HostPort.parse(listen)).accept(config(testCase));
        preferred.forEach(each -> builder.bind(HostPort.parse(each)));
        if (testCase == TestCase.RETRY) {
            builder.requireRetry(0);
        }
        try (QuicEndpoint endpoint = builder.open()) {
            Set<QuicConnection> open = ConcurrentHashMap.newKeySet();
            RunnerDefaults.whenStopped(() -> open.forEach(protocol::close), endpoint::close);
            System.out.println("listening " + HostPort.text(endpoint.localAddress()));
            serve(endpoint, protocol.server(www, failures), open);
        }
        return failures.count() == 0 ? 0 : 1;
    }

    private void serve(QuicEndpoint endpoint, FileServer server, Set<QuicConnection> open)
            throws IOException, InterruptedException {
        List<Thread> serving = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            QuicConnection connection = endpoint.accept();
            if (connection == null) {
                return; // Stopped.
            }
            serving.removeIf(thread -> !thread.isAlive());
            open.add(connection);
            serving.add(
                    Thread.startVirtualThread(
                            () -> {
                                server.serve(connection);
                                open.remove(connection);
                            }));
        }
        for (Thread thread : serving) {
            thread.join();
        }
    }

    private ConnectionConfig config(TestCase testCase) throws IOException {
        SecureRandom random = new SecureRandom();
        TlsConfigBuilder tls =
                new TlsConfigBuilder(random, protocol.toString())
                        .credentials(PemCredentials.load(certificate, key, random))
                        .keyLog(KeyLogAppender.to(RunnerDefaults.keyLog(keyLog)))
                        .ticketSealer(sealer(random, testCase));
        TlsConfig adjusted = testCase.adjust(tls).build();
        return testCase.adjust(new ConnectionConfigBuilder(adjusted), false)
                .observers(RunnerDefaults.observers(qlog))
                .preferredAddress(preferred(true), preferred(false))
                .build();
    }

    private InetSocketAddress preferred(boolean ipv4) {
        return preferred.stream()
                .map(HostPort::parse)
                .filter(each -> each.getAddress() instanceof Inet4Address == ipv4)
                .findFirst()
                .orElse(null);
    }

    private static TicketSealer sealer(SecureRandom random, TestCase testCase) {
        ReplayGuard guard =
                testCase == TestCase.ZERORTT
                        ? new ReplayGuard(ReplayGuard.DEFAULT_WINDOW_MS, MAX_EARLY_HANDSHAKES)
                        : null;
        return new TicketSealer(random, System::currentTimeMillis, TICKET_LIFETIME_MS, guard);
    }
}
