package dev.tern.perf.interop.peer;

import tech.kwik.agent15.TlsConstants.CipherSuite;
import tech.kwik.core.QuicClientConnection;
import tech.kwik.core.QuicClientConnection.StreamEarlyData;
import tech.kwik.core.QuicConnection;
import tech.kwik.core.QuicConnection.QuicVersion;
import tech.kwik.core.QuicSessionTicket;
import tech.kwik.core.QuicStream;
import tech.kwik.core.impl.QuicClientConnectionImpl;
import tech.kwik.core.log.NullLogger;
import tech.kwik.core.server.ApplicationProtocolConnection;
import tech.kwik.core.server.ApplicationProtocolConnectionFactory;
import tech.kwik.core.server.ServerConnectionConfig;
import tech.kwik.core.server.ServerConnector;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

/** kwik, which is QUIC in plain Java. */
public final class KwikMain {
    private static final String PROTOCOL = "hq-interop";
    private static final char[] PASSWORD = "password".toCharArray();
    private static final int MAX_STREAMS = 1000;

    /** It refuses to update keys before the handshake is confirmed, and does not say when. */
    private static final int CONFIRMATION_WAIT_MS = 500;

    private static final int TICKET_WAIT_MS = 100;
    private static final int TICKET_WAITS = 50;

    private final ProgramArguments arguments;

    private KwikMain(ProgramArguments arguments) {
        this.arguments = arguments;
    }

    public static void main(String[] args) throws Exception {
        KwikMain program = new KwikMain(ProgramArguments.parse(args));
        if (program.arguments.isServer()) {
            program.serve();
        } else {
            program.fetch();
            System.exit(0);
        }
    }

    private void serve() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(arguments.keyStore())) {
            keys.load(in, PASSWORD);
        }
        DatagramSocket socket =
                new DatagramSocket(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), arguments.port()));
        ServerConnector server =
                ServerConnector.builder()
                        .withSocket(socket)
                        .withKeyStore(keys, "server", PASSWORD)
                        .withSupportedVersions(List.of(QuicVersion.V1, QuicVersion.V2))
                        .withConfiguration(
                                ServerConnectionConfig.builder()
                                        .maxOpenPeerInitiatedBidirectionalStreams(MAX_STREAMS)
                                        .retryRequired(arguments.is("retry"))
                                        .build())
                        .withLogger(new NullLogger())
                        .build();
        server.registerApplicationProtocol(PROTOCOL, new Acceptor(arguments));
        server.start();
    }

    private void fetch() throws Exception {
        List<String> files = arguments.rest();
        if (arguments.is("handshakeloss")) {
            for (String file : files) {
                connect(null, List.of(file));
            }
        } else if (arguments.resumes()) {
            QuicSessionTicket ticket = connect(null, files.subList(0, 1));
            connect(ticket, files.subList(1, files.size()));
        } else {
            connect(null, files);
        }
    }

    private QuicSessionTicket connect(QuicSessionTicket ticket, List<String> files)
            throws Exception {
        QuicClientConnection.Builder builder =
                QuicClientConnection.newBuilder()
                        .host("127.0.0.1")
                        .port(arguments.port())
                        .applicationProtocol(PROTOCOL)
                        .noServerCertificateCheck()
                        .logger(new NullLogger());
        if (arguments.is("v2")) {
            builder.version(QuicVersion.V1).preferredVersion(QuicVersion.V2);
        }
        if (arguments.is("chacha20")) {
            builder.cipherSuite(CipherSuite.TLS_CHACHA20_POLY1305_SHA256);
        }
        if (ticket != null) {
            builder.sessionTicket(ticket);
        }
        QuicClientConnection connection = builder.build();
        List<QuicStream> streams = new ArrayList<>();
        if (ticket != null && arguments.is("zerortt")) {
            streams.addAll(connection.connect(files.stream().map(KwikMain::early).toList()));
        } else {
            connection.connect();
            if (arguments.is("keyupdate")) {
                Thread.sleep(CONFIRMATION_WAIT_MS);
                ((QuicClientConnectionImpl) connection).updateKeys();
            }
            for (String file : files) {
                QuicStream stream = connection.createStream(true);
                try (OutputStream out = stream.getOutputStream()) {
                    out.write(request(file));
                }
                streams.add(stream);
            }
        }
        for (int i = 0; i < files.size(); i++) {
            try (InputStream in = streams.get(i).getInputStream()) {
                Files.copy(in, arguments.folder().resolve(files.get(i)));
            }
        }
        QuicSessionTicket next = arguments.resumes() && ticket == null ? await(connection) : null;
        connection.closeAndWait();
        return next;
    }

    private static QuicSessionTicket await(QuicClientConnection connection)
            throws InterruptedException {
        for (int i = 0; i < TICKET_WAITS && connection.getNewSessionTickets().isEmpty(); i++) {
            Thread.sleep(TICKET_WAIT_MS);
        }
        return connection.getNewSessionTickets().getFirst();
    }

    private static StreamEarlyData early(String file) {
        return new StreamEarlyData(request(file), true);
    }

    private static byte[] request(String file) {
        return ("GET /" + file + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private record Acceptor(ProgramArguments arguments)
            implements ApplicationProtocolConnectionFactory {
        @Override
        public ApplicationProtocolConnection createConnection(
                String protocol, QuicConnection connection) {
            return new Server(arguments);
        }

        @Override
        public int maxConcurrentPeerInitiatedUnidirectionalStreams() {
            return 0;
        }

        @Override
        public int maxConcurrentPeerInitiatedBidirectionalStreams() {
            return MAX_STREAMS;
        }
    }

    private record Server(ProgramArguments arguments) implements ApplicationProtocolConnection {
        @Override
        public void acceptPeerInitiatedStream(QuicStream stream) {
            Thread.ofPlatform().daemon().start(() -> answer(stream));
        }

        private void answer(QuicStream stream) {
            try (OutputStream out = stream.getOutputStream()) {
                byte[] request = stream.getInputStream().readAllBytes();
                Path file = arguments.requested(new String(request, StandardCharsets.UTF_8));
                Files.copy(file, out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
