package dev.tern.perf.compare.end;

import dev.tern.crypto.CipherSuite;
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
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;

/** Tern, with streams driven by handlers. */
final class TernStack implements Stack {
    private static final String PROTOCOL = "tern-compare";
    private final SecureRandom random = new SecureRandom();

    @Override
    public int receive(Meter received) throws IOException {
        TlsConfig tls = TlsConfig.server(random, PeerIdentity.generate(random), PROTOCOL);
        QuicEndpoint endpoint =
                QuicEndpoint.builder()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .accept(config(tls))
                        .handler(
                                new ConnectionHandler() {
                                    @Override
                                    public void onStream(
                                            QuicConnection connection, QuicStream stream) {
                                        stream.handler(new Reader(received));
                                    }
                                })
                        .open();
        return endpoint.localAddress().getPort();
    }

    @Override
    public void send(int port) throws IOException {
        TlsConfig tls = TlsConfig.client(random, null, PeerVerifiers.anyPeer(), PROTOCOL);
        InetAddress loopback = InetAddress.getLoopbackAddress();
        QuicEndpoint endpoint =
                QuicEndpoint.builder().bind(new InetSocketAddress(loopback, 0)).open();
        endpoint.connect(new InetSocketAddress(loopback, port), config(tls))
                .openUnidirectionalStream()
                .handler(new Writer());
    }

    private static ConnectionConfig config(TlsConfig tls) {
        TlsConfig cipher = tls.with().cipherSuites(CipherSuite.AES_128_GCM_SHA256).build();
        return ConnectionConfig.of(cipher).with().build();
    }

    private record Reader(Meter received) implements StreamHandler {
        @Override
        public void onReadable(QuicStream stream) {
            try {
                while (stream.readNow((bytes, offset, length) -> received.add(length), 1 << 20)
                        > 0) {
                    // shown where they lie
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Writer implements StreamHandler {
        private final byte[] chunk = new byte[CHUNK_BYTES];

        @Override
        public void onWritable(QuicStream stream) {
            try {
                while (stream.writeNow(chunk, 0, chunk.length) > 0) {
                    // until there is no more room
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void onClosed(QuicStream stream, QuicException why) {
            System.err.println("the connection ended: " + why);
        }
    }
}
