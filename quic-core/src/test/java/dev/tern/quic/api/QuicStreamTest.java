package dev.tern.quic.api;

import static dev.tern.quic.api.LoopbackPair.bytes;
import static dev.tern.quic.api.LoopbackPair.inThread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.time.Duration;
import java.util.concurrent.FutureTask;

@Timeout(30)
class QuicStreamTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final int WINDOW_BYTES = 100_000;

    private LoopbackPair pair;
    private QuicConnection dialled;
    private QuicConnection accepted;

    @BeforeEach
    void connect() throws IOException {
        pair = new LoopbackPair();
        dialled = pair.connect();
        accepted = pair.server.accept();
    }

    @AfterEach
    void close() {
        pair.close();
    }

    private QuicStream acceptedAfter(QuicStream stream, byte[] first) throws IOException {
        stream.write(first);
        return accepted.acceptStream();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldCarryBuffersOfEitherKind(boolean direct) throws Exception {
        byte[] sent = bytes(300_000);
        ByteBuffer source = direct ? ByteBuffer.allocateDirect(sent.length) : ByteBuffer.wrap(sent);
        if (direct) {
            source.put(sent).flip();
        }
        QuicStream stream = dialled.openStream();
        FutureTask<Integer> writing =
                inThread(
                        () -> {
                            int count = stream.write(source);
                            stream.finish();
                            return count;
                        });
        ByteBuffer received =
                direct ? ByteBuffer.allocateDirect(400_000) : ByteBuffer.allocate(400_000);
        QuicStream other = accepted.acceptStream();

        while (other.read(received) >= 0) {
            assertThat(received.hasRemaining()).isTrue();
        }

        byte[] all = new byte[received.flip().remaining()];
        received.get(all);
        assertThat(all).isEqualTo(sent);
        assertThat(writing.get()).isEqualTo(sent.length);
    }

    @Test
    void shouldLeaveAReadThatTakesTooLong() throws Exception {
        QuicStream stream = dialled.openStream();
        stream.readTimeout(SHORT);

        assertThatThrownBy(() -> stream.read(new byte[1]))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("stream 0");

        acceptedAfter(stream, bytes(1)).write(bytes(3));
        stream.readTimeout(null);
        assertThat(stream.read(new byte[10])).isEqualTo(3);
    }

    @Test
    void shouldSayHowMuchWasWrittenWhenThatTakesTooLong() throws Exception {
        QuicStream stream = dialled.openStream();
        stream.writeTimeout(SHORT);

        assertThatThrownBy(() -> stream.write(new byte[20_000_000]))
                .isInstanceOfSatisfying(
                        SocketTimeoutException.class,
                        late -> assertThat(late.bytesTransferred).isBetween(1, 19_999_999));
    }

    @Test
    void shouldWaitForDeliveryOnlySoLong() throws Exception {
        try (LoopbackPair narrow =
                new LoopbackPair(
                        each -> each.withStreams(1, WINDOW_BYTES, WINDOW_BYTES),
                        each -> each,
                        each -> each)) {
            QuicStream stream = narrow.connect().openStream();
            assertThatThrownBy(stream::awaitDelivery).isInstanceOf(IllegalStateException.class);
            // More than the other side takes unread, less than that and what is held here.
            stream.write(new byte[WINDOW_BYTES + 20_000]);
            stream.finish();
            QuicStream other = narrow.server.accept().acceptStream();

            assertThatThrownBy(() -> stream.awaitDelivery(SHORT))
                    .isInstanceOf(SocketTimeoutException.class);
            assertThat(stream.isDelivered()).isFalse();

            assertThat(other.inputStream().readAllBytes()).hasSize(WINDOW_BYTES + 20_000);
            stream.awaitDelivery();
            assertThat(stream.isDelivered()).isTrue();
        }
    }

    @Test
    void shouldFinishAndStopWhenClosed() throws Exception {
        QuicStream stream = dialled.openStream();
        QuicStream other = acceptedAfter(stream, bytes(10));

        stream.close();

        assertThat(stream.isOpen()).isFalse();
        assertThat(other.inputStream().readAllBytes()).isEqualTo(bytes(10));
        assertThatThrownBy(() -> writeForEver(other))
                .isInstanceOfSatisfying(
                        StreamResetException.class, e -> assertThat(e.code()).isZero());
        assertThatThrownBy(() -> stream.write(bytes(1))).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> stream.read(new byte[1]))
                .isInstanceOf(ClosedChannelException.class);
    }

    private static void writeForEver(QuicStream stream) throws IOException {
        while (true) {
            stream.write(new byte[10_000]);
        }
    }

    @Test
    void shouldEndTheReadOfAnotherThreadWhenClosed() throws Exception {
        QuicStream stream = dialled.openStream();
        FutureTask<Integer> reading = inThread(() -> stream.read(new byte[1]));

        stream.close();

        assertThatThrownBy(reading::get).hasCauseInstanceOf(ClosedChannelException.class);
    }

    @Test
    void shouldTellTheCodeOfAReset() throws Exception {
        QuicStream stream = dialled.openStream();
        QuicStream other = acceptedAfter(stream, bytes(10));

        stream.reset(17);

        assertThatThrownBy(() -> other.inputStream().readAllBytes())
                .isInstanceOfSatisfying(
                        StreamResetException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(17);
                            assertThat(e.streamId()).isEqualTo(stream.id());
                            assertThat(e.codeName()).isEqualTo("application error 0x11");
                            assertThat(e.isRemote()).isTrue();
                        });
        assertThatThrownBy(stream::awaitDelivery).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void shouldKnowWhichHalvesItHas() throws Exception {
        QuicStream stream = dialled.openUnidirectionalStream();
        QuicStream other = acceptedAfter(stream, bytes(1));

        assertThat(stream.isBidirectional()).isFalse();
        assertThat(stream.isLocallyInitiated()).isTrue();
        assertThatThrownBy(() -> stream.read(new byte[1]))
                .isInstanceOf(NonReadableChannelException.class);
        assertThat(other.isLocallyInitiated()).isFalse();
        assertThatThrownBy(other::finish).isInstanceOf(NonWritableChannelException.class);
        stream.close();
        other.close();
    }

    @Test
    void shouldLetSeveralThreadsReadInTurns() throws Exception {
        QuicStream stream = dialled.openStream();
        FutureTask<Integer> one = inThread(() -> stream.read(new byte[1]));
        FutureTask<Integer> two = inThread(() -> stream.read(new byte[1]));

        acceptedAfter(stream, bytes(1)).write(bytes(2));

        assertThat(one.get() + two.get()).isEqualTo(2);
    }

    @Test
    void shouldStopWaitingForAStreamInTime() {
        assertThatThrownBy(() -> accepted.acceptStream(SHORT))
                .isInstanceOf(SocketTimeoutException.class);
        assertThatThrownBy(() -> pair.server.accept(SHORT))
                .isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void shouldTakePriorities() throws Exception {
        QuicStream stream = dialled.openStream();

        stream.priority(0, false);

        assertThat(acceptedAfter(stream, bytes(5)).read(new byte[9])).isEqualTo(5);
        assertThatThrownBy(() -> stream.priority(8, true))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
