package dev.tern.perf.quic;

import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.crypto.identity.PemCredentials;
import dev.tern.crypto.resumption.TicketSealer;
import dev.tern.crypto.tls.Credentials;
import dev.tern.crypto.tls.TlsConfigBuilder;
import dev.tern.peer.cli.HostPort;
import dev.tern.peer.cli.UserError;
import dev.tern.quic.api.QuicEndpoint;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.connection.ConnectionConfigBuilder;
import dev.tern.quic.io.UdpTransport;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** {@code tern perf server}: what the measurements are made against. */
@Command(
        name = "server",
        description = {
            "Serve measurements: of this program, or of another one that speaks the QUIC performance protocol (ALPN perf).",
            "Its certificate is made anew at each start, and names nobody, unless --cert and --key are given."
        },
        mixinStandardHelpOptions = true)
public final class ServerCommand implements Callable<Integer> {
    /** What another process may ask for, a word a line. */
    static final String SAMPLE = "sample";

    static final String HEAP = "heap";
    static final String READY = "ready";

    /** The option for a server of bare datagrams. */
    static final String BARE = "--bare";

    /** So many at a time, of all that a client may open. */
    private static final int MAX_STREAMS = 10_000;

    private static final long FIRST_STREAM_WINDOW_BYTES = 1 << 20;
    private static final long FIRST_WINDOW_BYTES = 2 << 20;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "0.0.0.0:4433",
            description = "Where to listen (default: ${DEFAULT-VALUE}).")
    private String listen;

    @Option(names = "--cert", paramLabel = "FILE", description = "Certificate chain (PEM).")
    private Path chain;

    @Option(names = "--key", paramLabel = "FILE", description = "Its private key (PEM).")
    private Path key;

    @Option(names = "--tickets", description = "Let clients resume sessions.")
    private boolean tickets;

    @Mixin private StackOptions stack;

    /** For the process that started this one: it asks on standard input, and ends it. */
    @Option(names = "--asked", hidden = true)
    private boolean asked;

    @Option(names = BARE, hidden = true)
    private boolean bare;

    @Override
    public Integer call() throws IOException, InterruptedException {
        OpenSockets sockets = new OpenSockets(stack.transports());
        Meter meter = new Meter(sockets);
        if (bare) {
            UdpTransport socket = sockets.open(HostPort.parse(listen), null);
            BareUdp echo = BareUdp.echo(socket);
            System.out.println(READY + " " + socket.local().getPort());
            answer(meter);
            echo.close();
            return 0;
        }
        try (QuicEndpoint endpoint =
                QuicEndpoint.builder()
                        .transports(sockets)
                        .bind(HostPort.parse(listen))
                        .accept(config())
                        .handler(new PerfHandler(meter))
                        .open()) {
            InetSocketAddress local = endpoint.localAddress();
            if (asked) {
                System.out.println(READY + " " + local.getPort());
                answer(meter);
            } else {
                System.out.println("listening on " + HostPort.text(local));
                new CountDownLatch(1).await(); // until the program is ended
            }
        }
        return 0;
    }

    private ConnectionConfig config() throws IOException {
        if ((chain == null) != (key == null)) {
            throw new UserError("--cert and --key go together");
        }
        SecureRandom random = new SecureRandom();
        Credentials credentials =
                chain == null
                        ? PeerIdentity.generate(random)
                        : PemCredentials.load(chain, key, random);
        TlsConfigBuilder tls =
                new TlsConfigBuilder(random, PerfProtocol.PERF, PerfProtocol.ECHO)
                        .credentials(credentials);
        stack.apply(tls);
        if (tickets) {
            tls.ticketSealer(
                    new TicketSealer(
                            random, System::currentTimeMillis, TicketSealer.MAX_LIFETIME_MS, null));
        }
        ConnectionConfigBuilder connections =
                new ConnectionConfigBuilder(tls.build())
                        .streams(MAX_STREAMS, FIRST_STREAM_WINDOW_BYTES, FIRST_WINDOW_BYTES);
        stack.apply(connections);
        return connections.build();
    }

    /** Answers until nobody is there any more to ask. */
    private static void answer(Meter meter) throws IOException {
        try (BufferedReader questions =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            String question = questions.readLine();
            while (question != null) {
                System.out.println(
                        question.equals(HEAP)
                                ? HEAP + " " + Meter.heapBytes() + " " + meter.connections()
                                : SAMPLE + " " + meter.sample().text());
                question = questions.readLine();
            }
        }
    }
}
