package dev.tern.quic.api;

import static dev.tern.quic.api.LoopbackPair.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tern.crypto.resumption.ReplayGuard;
import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.crypto.resumption.TicketSealer;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.connection.ConnectionConfig;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongSupplier;

@Timeout(30)
class SessionTest {
    private static final LongSupplier CLOCK = () -> 1_700_000_000_000L;

    private final BlockingQueue<SessionTicket> heard = new LinkedBlockingQueue<>();
    private final SessionStore memory = SessionStore.inMemory(10);
    private final SessionStore store =
            new SessionStore() {
                @Override
                public void put(String server, SessionTicket ticket) {
                    memory.put(server, ticket);
                    heard.add(ticket);
                }

                @Override
                public SessionTicket take(String server) {
                    return memory.take(server);
                }
            };
    private LoopbackPair pair;

    @BeforeEach
    void open() throws IOException {
        SecureRandom random = new SecureRandom();
        TicketSealer sealer = sealer(random);
        pair =
                new LoopbackPair(
                        config -> withTickets(config, sealer),
                        each -> each,
                        each -> each.sessions(store));
    }

    private static TicketSealer sealer(SecureRandom random) {
        return new TicketSealer(
                random, CLOCK, 3_600_000, new ReplayGuard(ReplayGuard.DEFAULT_WINDOW_MS, 1000));
    }

    private static ConnectionConfig withTickets(ConnectionConfig config, TicketSealer sealer) {
        TlsConfig tls = config.tls();
        boolean server = tls.credentials() != null;
        return config.with()
                .tls(
                        server
                                ? tls.with().ticketSealer(sealer).build()
                                : tls.with().keepTickets(CLOCK).build())
                .build();
    }

    @AfterEach
    void close() {
        pair.close();
    }

    @Test
    void shouldResumeByItself() throws Exception {
        QuicConnection first = pair.connect();
        assertThat(first.stats().get().resumed()).isFalse();
        assertThat(heard.take().allowsEarlyData()).isTrue();
        first.close();

        assertThat(pair.connect().stats().get().resumed()).isTrue();
    }

    @Test
    void shouldWriteBeforeTheServerHasAnswered() throws Exception {
        pair.connect();
        heard.take();

        QuicConnection early =
                pair.client.connectEarly(pair.server.localAddress(), pair.clientConfig());
        QuicStream stream = early.openStream();
        stream.write(bytes(500));
        stream.finish();

        pair.server.accept();
        QuicStream asked = pair.server.accept().acceptStream();
        assertThat(asked.inputStream().readAllBytes()).isEqualTo(bytes(500));
        assertThat(early.earlyDataAccepted().get()).isTrue();
        assertThat(early.established().get()).isSameAs(early);
        assertThat(early.stats().get().earlyDataAccepted()).isTrue();
    }

    @Test
    void shouldWaitForTheServerWithoutASession() throws Exception {
        QuicConnection late =
                pair.client.connectEarly(pair.server.localAddress(), pair.clientConfig());

        assertThat(late.applicationProtocol()).isEqualTo(LoopbackPair.PROTOCOL);
        assertThat(late.earlyDataAccepted().get()).isFalse();
    }

    @Test
    void shouldUseATicketOnceAndForgetTheOldest() throws Exception {
        pair.connect();
        SessionTicket ticket = heard.take();
        SessionStore two = SessionStore.inMemory(2);

        two.put("a", ticket);
        two.put("b", ticket);
        two.put("c", ticket);

        assertThat(two.take("a")).isNull();
        assertThat(two.take("b")).isSameAs(ticket);
        assertThat(two.take("b")).isNull();
    }

    @Test
    void shouldNameTheAlertOfARefusedHandshake() {
        ConnectionConfig other =
                ConnectionConfig.of(
                        TlsConfig.client(
                                pair.random,
                                null,
                                pair.clientConfig().tls().verifier(),
                                "another-protocol"));

        assertThatThrownBy(() -> pair.client.connect(pair.server.localAddress(), other))
                .isInstanceOfSatisfying(
                        QuicException.class,
                        e -> {
                            assertThat(e.codeName())
                                    .isEqualTo("CRYPTO_ERROR(no_application_protocol)");
                            assertThat(e.isRemote()).isTrue();
                            assertThat(e.isApplicationError()).isFalse();
                        });
    }
}
