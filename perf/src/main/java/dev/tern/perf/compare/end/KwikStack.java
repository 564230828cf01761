package dev.tern.perf.compare.end;

import tech.kwik.agent15.TlsConstants.CipherSuite;
import tech.kwik.core.QuicClientConnection;
import tech.kwik.core.QuicConnection;
import tech.kwik.core.QuicStream;
import tech.kwik.core.log.NullLogger;
import tech.kwik.core.server.ApplicationProtocolConnection;
import tech.kwik.core.server.ApplicationProtocolConnectionFactory;
import tech.kwik.core.server.ServerConnectionConfig;
import tech.kwik.core.server.ServerConnector;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicLong;

/** kwik, a QUIC stack in plain Java, with the blocking streams that it has. */
final class KwikStack implements Stack {
    private static final String PROTOCOL = "tern-compare";

    /** With the others' it floods the receiver's socket, and stands still for seconds. */
    private static final int KWIK_WINDOW_BYTES = 1 << 20;

    /** In which it writes nothing only if it never will again. */
    private static final long STANDSTILL_MS = 500;

    private static final char[] PASSWORD = "password".toCharArray();

    @Override
    public int receive(Meter received) throws IOException, GeneralSecurityException {
        DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ServerConnector server =
                ServerConnector.builder()
                        .withSocket(socket)
                        .withKeyStore(SelfSigned.generate().store(PASSWORD), "end", PASSWORD)
                        .withSupportedVersion(QuicConnection.QuicVersion.V1)
                        .withConfiguration(
                                ServerConnectionConfig.builder()
                                        .maxConnectionBufferSize(KWIK_WINDOW_BYTES)
                                        .maxBidirectionalStreamBufferSize(KWIK_WINDOW_BYTES)
                                        .maxOpenPeerInitiatedBidirectionalStreams(1)
                                        .build())
                        .withLogger(new NullLogger())
                        .build();
        server.registerApplicationProtocol(PROTOCOL, new Acceptor(received));
        server.start();
        return socket.getLocalPort();
    }

    /**
     * Over one connection after the other: every so many seconds its sender stops for good, with or
     * without loss and whatever the limits, with data that waits, nothing in flight and no timer.
     */
    @Override
    public void send(int port) throws IOException, InterruptedException {
        while (true) {
            QuicClientConnection connection = connect(port);
            AtomicLong chunks = new AtomicLong();
            Thread.ofPlatform().daemon().start(() -> write(connection, chunks));
            long before = -1;
            while (chunks.get() > before) {
                before = chunks.get();
                Thread.sleep(STANDSTILL_MS);
            }
        }
    }

    private static QuicClientConnection connect(int port) throws IOException {
        QuicClientConnection connection =
                QuicClientConnection.newBuilder()
                        .host("127.0.0.1")
                        .port(port)
                        .applicationProtocol(PROTOCOL)
                        .cipherSuite(CipherSuite.TLS_AES_128_GCM_SHA256)
                        .noServerCertificateCheck()
                        .logger(new NullLogger())
                        .build();
        connection.connect();
        return connection;
    }

    private static void write(QuicClientConnection connection, AtomicLong chunks) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (OutputStream out = connection.createStream(true).getOutputStream()) {
            while (true) {
                out.write(chunk);
                chunks.incrementAndGet();
            }
        } catch (IOException e) {
            System.err.println(e);
        }
    }

    private record Acceptor(Meter received) implements ApplicationProtocolConnectionFactory {
        @Override
        public ApplicationProtocolConnection createConnection(
                String protocol, QuicConnection connection) {
            return new Reader(received);
        }

        @Override
        public int maxConcurrentPeerInitiatedUnidirectionalStreams() {
            return 0;
        }

        @Override
        public int maxConcurrentPeerInitiatedBidirectionalStreams() {
            return 1;
        }
    }

    private record Reader(Meter received) implements ApplicationProtocolConnection {
        @Override
        public void acceptPeerInitiatedStream(QuicStream stream) {
            Thread.ofPlatform().daemon().start(() -> read(stream));
        }

        private void read(QuicStream stream) {
            byte[] chunk = new byte[CHUNK_BYTES];
            try (InputStream in = stream.getInputStream()) {
                for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                    received.add(read);
                }
            } catch (IOException e) {
                System.err.println(e);
            }
        }
    }
}
