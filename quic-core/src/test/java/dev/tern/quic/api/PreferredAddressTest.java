package dev.tern.quic.api;

import static dev.tern.quic.api.LoopbackPair.bytes;
import static dev.tern.quic.api.LoopbackPair.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.connection.ConnectionConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** A server that answers at one address and wants to go on at another (RFC 9000 §9.6). */
@Timeout(30)
@EnabledOnOs(OS.LINUX) // which has more than one loopback address
class PreferredAddressTest {
    private static final byte[] TEXT = bytes(50_000);

    /** A port that was free a moment ago, to be named before it is bound to. */
    private static InetSocketAddress free() throws IOException {
        try (QuicEndpoint probe = QuicEndpoint.builder().bind(loopback(4)).open()) {
            return probe.localAddress();
        }
    }

    @Test
    void shouldGoOnWhereTheServerPrefers() throws Exception {
        try (LoopbackPair pair = new LoopbackPair()) {
            InetSocketAddress preferred = free();
            ConnectionConfig config =
                    ConnectionConfig.of(
                                    TlsConfig.server(
                                            pair.random, pair.identity, LoopbackPair.PROTOCOL))
                            .with()
                            .preferredAddress(preferred, null)
                            .build();
            try (QuicEndpoint server =
                    QuicEndpoint.builder()
                            .bind(LoopbackPair.LOOPBACK)
                            .bind(preferred)
                            .accept(config)
                            .open()) {
                QuicConnection dialled =
                        pair.client.connect(server.localAddress(), pair.clientConfig());
                CompletableFuture<PathStats> moved = new CompletableFuture<>();
                dialled.pathEvents(
                        new PathEvents() {
                            @Override
                            public void onPathChanged(
                                    QuicConnection connection,
                                    PathStats from,
                                    PathStats to,
                                    boolean byPeer) {
                                moved.complete(to);
                            }
                        });
                QuicStream stream = dialled.openStream();
                stream.write(TEXT);
                QuicStream other = server.accept().acceptStream();
                assertThat(other.inputStream().readNBytes(TEXT.length)).isEqualTo(TEXT);
                while (!dialled.remoteAddress().equals(preferred)) {
                    moved.get();
                }
                other.write(TEXT);

                assertThat(stream.inputStream().readNBytes(TEXT.length)).isEqualTo(TEXT);
                assertThat(dialled.stats().get().primary().remote()).isEqualTo(preferred);
            }
        }
    }
}
