package dev.tern.peer.interop;

import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.crypto.tls.NamedGroup;
import dev.tern.crypto.tls.PeerVerifier;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.crypto.tls.TlsConfigBuilder;
import dev.tern.peer.cli.UserError;
import dev.tern.quic.api.ConnectionStats;
import dev.tern.quic.api.QuicConnection;
import dev.tern.quic.api.QuicEndpoint;
import dev.tern.quic.api.SessionStore;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.connection.ConnectionConfigBuilder;
import dev.tern.quic.observe.ObserverFactory;
import dev.tern.quic.wire.Versions;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Downloads files in the way that a test case wants, and sees to it that it came about. */
final class InteropClient {
    private static final int TICKET_TIMEOUT_S = 10;

    private final TestCase testCase;
    private final Protocol protocol;
    private final Integer[] versions;
    private final PeerVerifier verifier;
    private final Consumer<String> keyLog;
    private final List<NamedGroup> groups;
    private final ObserverFactory observers;
    private final Moves moves;
    private final Downloads downloads;
    private final CountDownLatch ticketArrived = new CountDownLatch(1);

    InteropClient(
            TestCase testCase,
            Protocol protocol,
            Integer[] versions,
            PeerVerifier verifier,
            Consumer<String> keyLog,
            List<NamedGroup> groups,
            ObserverFactory observers,
            Moves moves,
            Path folder) {
        this.testCase = testCase;
        this.protocol = protocol;
        this.versions = versions.clone();
        this.verifier = verifier;
        this.keyLog = keyLog;
        this.groups = groups;
        this.observers = observers;
        this.moves = moves;
        this.downloads = new Downloads(folder, moves::onBytes);
    }

    void run(List<Download> files) throws IOException, InterruptedException {
        Download first = files.getFirst();
        InetSocketAddress server = new InetSocketAddress(first.host(), first.port());
        ConnectionConfig config = config(first.host());
        try (QuicEndpoint endpoint =
                QuicEndpoint.builder().transports(moves.sockets()).sessions(new Tickets()).open()) {
            RunnerDefaults.whenStopped(endpoint::close);
            if (testCase.connectsForEachFile()) {
                for (Download file : files) {
                    fetch(endpoint.connect(server, config), List.of(file));
                }
            } else if (testCase.resumes()) {
                runResumed(endpoint, server, config, files);
            } else {
                fetch(endpoint.connect(server, config), files);
            }
        }
        if (moves.isAnyLeft()) {
            throw new UserError("the files were too short for a change of address on the way");
        }
    }

    private ConnectionConfig config(String host) {
        TlsConfigBuilder tls =
                new TlsConfigBuilder(new SecureRandom(), protocol.toString())
                        .serverName(host)
                        .verifier(verifier)
                        .keyLog(keyLog)
                        .groups(groups);
        TlsConfig adjusted = testCase.adjust(tls).build();
        return testCase.adjust(new ConnectionConfigBuilder(adjusted), true)
                .versions(versions)
                .observers(observers)
                .build();
    }

    private void runResumed(
            QuicEndpoint endpoint,
            InetSocketAddress server,
            ConnectionConfig config,
            List<Download> files)
            throws IOException, InterruptedException {
        if (files.size() < 2) {
            throw new UserError("test case " + testCase + " needs two URLs");
        }
        QuicConnection first = endpoint.connect(server, config);
        try {
            downloads.fetch(protocol.client(first), files.subList(0, 1));
            if (!ticketArrived.await(TICKET_TIMEOUT_S, TimeUnit.SECONDS)) {
                throw new IOException("the server sent no session ticket");
            }
        } finally {
            protocol.close(first);
        }
        QuicConnection resumed =
                testCase == TestCase.ZERORTT
                        ? endpoint.connectEarly(server, config)
                        : endpoint.connect(server, config);
        fetch(resumed, files.subList(1, files.size()));
    }

    private void fetch(QuicConnection connection, List<Download> files)
            throws IOException, InterruptedException {
        try {
            if (testCase == TestCase.KEYUPDATE) {
                connection.updateKeys();
            }
            if (testCase == TestCase.CONNECTIONMIGRATION) {
                moves.migrateAfter(1, connection);
            }
            downloads.fetch(protocol.client(connection), files);
            check(connection.stats().join());
        } finally {
            protocol.close(connection);
        }
    }

    /** All files are here; but was that tested which should be? */
    private void check(ConnectionStats stats) throws IOException {
        String missing =
                switch (testCase) {
                    case RESUMPTION -> stats.resumed() ? null : "the session was not resumed";
                    case ZERORTT -> stats.earlyDataAccepted() ? null : "0-RTT was refused";
                    case KEYUPDATE -> stats.keyUpdates() > 0 ? null : "no key was updated";
                    case V2 ->
                            stats.version() == Versions.V2
                                    ? null
                                    : "the server did not choose version 2";
                    default -> null;
                };
        if (missing != null) {
            throw new IOException("all files arrived, but " + missing);
        }
    }

    /** Where a second connection finds the ticket of the first. */
    private final class Tickets implements SessionStore {
        private final SessionStore kept = SessionStore.inMemory(1);

        @Override
        public void put(String server, SessionTicket ticket) {
            kept.put(server, ticket);
            ticketArrived.countDown();
        }

        @Override
        public SessionTicket take(String server) {
            return testCase.resumes() ? kept.take(server) : null;
        }
    }
}
