package dev.tern.quic.api;

import static dev.tern.quic.api.LoopbackPair.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

@Timeout(30)
class DatagramsTest {
    private LoopbackPair pair;
    private Datagrams dialler;
    private QuicConnection accepted;
    private Datagrams acceptor;

    @BeforeEach
    void connect() throws IOException {
        pair = new LoopbackPair(each -> each.withDatagrams(65_535), each -> each, each -> each);
        dialler = pair.connect().datagrams();
        accepted = pair.server.accept();
        acceptor = accepted.datagrams();
    }

    @AfterEach
    void close() {
        pair.close();
    }

    @Test
    void shouldCarryAMessageEachWay() throws Exception {
        dialler.send(bytes(dialler.maxBytes()));

        assertThat(acceptor.receive()).isEqualTo(bytes(dialler.maxBytes()));

        acceptor.send(bytes(0));
        assertThat(dialler.receive()).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsTooLong() {
        int tooLong = dialler.maxBytes() + 1;

        assertThatThrownBy(() -> dialler.send(new byte[tooLong]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the limit is " + dialler.maxBytes());
    }

    @Test
    void shouldStopWaitingInTimeAndAtTheEnd() throws Exception {
        assertThatThrownBy(() -> dialler.receive(Duration.ofMillis(10)))
                .isInstanceOf(SocketTimeoutException.class);

        accepted.close();

        assertThat(dialler.receive()).isNull();
        assertThatThrownBy(() -> dialler.send(bytes(1))).isInstanceOf(QuicException.class);
    }

    @Test
    void shouldHandMessagesToAHandler() throws Exception {
        CompletableFuture<byte[]> heard = new CompletableFuture<>();
        acceptor.handler(
                (buffer, offset, length) ->
                        heard.complete(Arrays.copyOfRange(buffer, offset, offset + length)));

        dialler.send(bytes(77));

        assertThat(heard.get()).isEqualTo(bytes(77));
    }

    @Test
    void shouldCountWhatNobodyTakes() throws Exception {
        int sent = 2_000;
        for (int i = 0; i < sent; i++) {
            dialler.send(bytes(1000));
        }

        int received = 0;
        while (received + dialler.droppedOutgoing() + acceptor.droppedIncoming() < sent) {
            acceptor.receive();
            received++;
        }
        assertThat(received).isPositive();
        assertThat(dialler.droppedOutgoing() + acceptor.droppedIncoming()).isPositive();
    }
}
