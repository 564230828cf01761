package dev.tern.quic.api;

import static dev.tern.quic.api.LoopbackPair.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tern.quic.io.IdleMode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** An endpoint whose port several threads serve. */
@Timeout(30)
@EnabledOnOs(OS.LINUX) // elsewhere the first socket of a shared port may get everything
class SharedPortTest {
    private static final int CONNECTIONS = 12;

    private static void echo(QuicEndpoint server) throws IOException {
        QuicConnection connection;
        while ((connection = server.accept()) != null) {
            QuicStream stream = connection.acceptStream();
            stream.inputStream().transferTo(stream.outputStream());
            stream.finish();
        }
    }

    private static void exchange(QuicConnection connection) throws IOException {
        QuicStream stream = connection.openStream();
        stream.write(bytes(2_000));
        stream.finish();
        assertThat(stream.inputStream().readAllBytes()).isEqualTo(bytes(2_000));
    }

    @Test
    void shouldServeAndDialWithSeveralThreads() throws Exception {
        try (LoopbackPair pair =
                new LoopbackPair(each -> each, each -> each.agents(3), each -> each.agents(2))) {
            LoopbackPair.inThread(
                    () -> {
                        echo(pair.server);
                        return null;
                    });
            List<QuicConnection> connections = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                connections.add(pair.connect());
            }

            for (QuicConnection connection : connections) {
                exchange(connection);
            }

            assertThat(pair.server.localAddresses()).hasSize(1);
        }
    }

    @Test
    void shouldKeepAConnectionThatMoves() throws Exception {
        try (LoopbackPair pair =
                new LoopbackPair(each -> each, each -> each.agents(3), each -> each)) {
            LoopbackPair.inThread(
                    () -> {
                        echo(pair.server);
                        return null;
                    });
            for (int i = 2; i < 8; i++) {
                QuicConnection connection = pair.connect();
                InetSocketAddress moved =
                        connection.addLocalAddress(LoopbackPair.loopback(i)).get().local();
                connection.usePath(moved).get();
                exchange(connection);
            }
        }
    }

    @Test
    void shouldLookAgainAtOnceIfToldSo() throws Exception {
        try (LoopbackPair pair =
                new LoopbackPair(
                        each -> each,
                        each -> each.idle(IdleMode.BACKOFF),
                        each -> each.idle(IdleMode.YIELD))) {
            LoopbackPair.inThread(
                    () -> {
                        echo(pair.server);
                        return null;
                    });

            exchange(pair.connect());
        }
    }

    @Test
    void shouldWantAThread() {
        assertThatThrownBy(() -> QuicEndpoint.builder().agents(0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldBindToSeveralAddresses() throws Exception {
        try (LoopbackPair pair =
                new LoopbackPair(
                        each -> each,
                        each -> {
                            try {
                                return each.bind(LoopbackPair.loopback(2));
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        },
                        each -> each)) {
            LoopbackPair.inThread(
                    () -> {
                        echo(pair.server);
                        return null;
                    });

            for (InetSocketAddress address : pair.server.localAddresses()) {
                exchange(pair.client.connect(address, pair.clientConfig()));
            }

            assertThat(pair.server.localAddresses()).hasSize(2);
        }
    }
}
