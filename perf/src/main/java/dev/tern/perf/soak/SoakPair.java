package dev.tern.perf.soak;

import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.crypto.identity.PeerVerifiers;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.api.ConnectionHandler;
import dev.tern.quic.api.QuicConnection;
import dev.tern.quic.api.QuicEndpoint;
import dev.tern.quic.api.QuicException;
import dev.tern.quic.api.QuicStream;
import dev.tern.quic.api.StreamHandler;
import dev.tern.quic.connection.ConnectionConfig;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Two endpoints on loopback in this process: one dials, the other sends back what it is sent. */
final class SoakPair implements AutoCloseable {
    private static final String PROTOCOL = "tern-soak";

    private final AtomicLong faults = new AtomicLong();
    private final ConnectionConfig dialling;
    private final QuicEndpoint server;
    private final QuicEndpoint client;

    SoakPair() throws IOException {
        SecureRandom random = new SecureRandom();
        PeerIdentity identity = PeerIdentity.generate(random);
        dialling =
                ConnectionConfig.of(
                        TlsConfig.client(
                                random, null, PeerVerifiers.exactly(identity.peerId()), PROTOCOL));
        server =
                QuicEndpoint.builder()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .accept(ConnectionConfig.of(TlsConfig.server(random, identity, PROTOCOL)))
                        .handler(new Echoing())
                        .open();
        client =
                QuicEndpoint.builder()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .open();
    }

    QuicConnection connect() throws IOException {
        return client.connect(server.localAddress(), dialling);
    }

    /** Streams that broke off at the server though nobody gave them up. */
    long faults() {
        return faults.get();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }

    private final class Echoing implements ConnectionHandler {
        @Override
        public void onStream(QuicConnection connection, QuicStream stream) {
            stream.handler(new Echo());
        }
    }

    /** Holds a piece at most: what the peer does not read it may not send either. */
    private final class Echo implements StreamHandler {
        private final byte[] piece = new byte[16 << 10];
        private int length;
        private int written;

        @Override
        public void onReadable(QuicStream stream) {
            pump(stream);
        }

        @Override
        public void onWritable(QuicStream stream) {
            pump(stream);
        }

        private void pump(QuicStream stream) {
            try {
                while (length >= 0) {
                    while (written < length) {
                        int count = stream.writeNow(piece, written, length - written);
                        if (count == 0) {
                            return;
                        }
                        written += count;
                    }
                    written = 0;
                    length = 0;
                    int count = stream.readNow(piece, 0, piece.length);
                    if (count == 0) {
                        return;
                    }
                    length = count;
                }
                stream.finish();
            } catch (IOException e) {
                faults.incrementAndGet();
            }
        }

        @Override
        public void onClosed(QuicStream stream, QuicException why) {
            if (why != null && why.code() != 0) {
                faults.incrementAndGet();
            }
        }
    }
}
