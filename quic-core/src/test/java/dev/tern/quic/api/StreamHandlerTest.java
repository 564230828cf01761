package dev.tern.quic.api;

import static dev.tern.quic.api.LoopbackPair.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Streams driven on the endpoint's own thread. */
@Timeout(30)
class StreamHandlerTest {
    private LoopbackPair pair;

    /** Sends back what it reads, without a thread of its own. */
    private static final class Echo implements StreamHandler {
        private final ByteBuffer held = ByteBuffer.allocate(10_000).limit(0);
        private boolean atEnd;

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
                while (!atEnd) {
                    stream.writeNow(held);
                    if (held.hasRemaining()) {
                        return;
                    }
                    int count = stream.readNow(held.clear());
                    held.flip();
                    if (count == 0) {
                        return;
                    }
                    atEnd = count < 0;
                }
                stream.finish();
            } catch (IOException e) {
                stream.reset(9);
            }
        }
    }

    private static final class EchoServer implements ConnectionHandler {
        final CompletableFuture<QuicConnection> connected = new CompletableFuture<>();
        final CompletableFuture<QuicException> closed = new CompletableFuture<>();

        @Override
        public void onConnected(QuicConnection connection) {
            connected.complete(connection);
        }

        @Override
        public void onStream(QuicConnection connection, QuicStream stream) {
            stream.handler(new Echo());
        }

        @Override
        public void onClosed(QuicConnection connection, QuicException why) {
            closed.complete(why);
        }
    }

    private final EchoServer echoServer = new EchoServer();

    @BeforeEach
    void open() throws IOException {
        pair = new LoopbackPair(each -> each, each -> each.handler(echoServer), each -> each);
    }

    @AfterEach
    void close() {
        pair.close();
    }

    @Test
    void shouldEchoFiveMegabytesWithoutAThreadOfItsOwn() throws Exception {
        QuicStream stream = pair.connect().openStream();
        byte[] sent = bytes(5_000_000);
        LoopbackPair.inThread(
                () -> {
                    try (OutputStream out = stream.outputStream()) {
                        out.write(sent);
                    }
                    return null;
                });

        assertThat(stream.inputStream().readAllBytes()).isEqualTo(sent);
    }

    @Test
    void shouldShowBytesWhereTheyLie() throws Exception {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        CompletableFuture<QuicException> closed = new CompletableFuture<>();
        QuicStream stream = pair.connect().openStream();
        stream.handler(
                new StreamHandler() {
                    @Override
                    public void onReadable(QuicStream readable) {
                        try {
                            while (readable.readNow(shown::write, 100) > 0) {
                                // until there is nothing more
                            }
                        } catch (IOException e) {
                            closed.completeExceptionally(e);
                        }
                    }

                    @Override
                    public void onClosed(QuicStream done, QuicException why) {
                        closed.complete(why);
                    }
                });
        stream.write(bytes(50_000));
        stream.finish();

        assertThat(closed.get()).isNull();
        assertThat(shown.toByteArray()).isEqualTo(bytes(50_000));
    }

    @Test
    void shouldTellConnectionsFromTheirBeginningToTheirEnd() throws Exception {
        QuicConnection dialled = pair.connect();
        assertThat(echoServer.connected.get().applicationProtocol())
                .isEqualTo(LoopbackPair.PROTOCOL);

        dialled.close(5, "enough");

        assertThat(echoServer.closed.get().code()).isEqualTo(5);
        assertThat(echoServer.closed.get().isRemote()).isTrue();
        assertThatThrownBy(() -> pair.server.accept())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("handler");
    }

    @Test
    void shouldHandWaitingStreamsToAHandlerThatComesLate() throws Exception {
        QuicConnection dialled = pair.connect();
        QuicConnection accepted = echoServer.connected.get();
        QuicStream fromServer = accepted.openStream();
        fromServer.write(bytes(100));
        fromServer.finish();
        CompletableFuture<Long> opened = new CompletableFuture<>();

        dialled.handler(
                new ConnectionHandler() {
                    @Override
                    public void onStream(QuicConnection connection, QuicStream stream) {
                        opened.complete(stream.id());
                        stream.handler(new Echo());
                    }
                });

        assertThat(opened.get()).isEqualTo(fromServer.id());
        assertThat(fromServer.inputStream().readAllBytes()).isEqualTo(bytes(100));
    }

    @Test
    void shouldRefuseToWaitOnTheEndpointsOwnThread() throws Exception {
        QuicStream stream = pair.connect().openStream();
        CompletableFuture<Integer> reading = new CompletableFuture<>();
        stream.handler(
                new StreamHandler() {
                    @Override
                    public void onWritable(QuicStream writable) {
                        try {
                            reading.complete(writable.read(new byte[1]));
                        } catch (IOException | RuntimeException e) {
                            reading.completeExceptionally(e);
                        }
                    }
                });

        assertThatThrownBy(reading::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must not wait");
    }

    @Test
    void shouldTellALateHandlerThatTheStreamIsOver() throws Exception {
        QuicConnection dialled = pair.connect();
        QuicStream stream = dialled.openStream();
        dialled.close(4, "done");
        assertThatThrownBy(() -> stream.read(new byte[1])).isInstanceOf(QuicException.class);
        CompletableFuture<QuicException> told = new CompletableFuture<>();

        stream.handler(
                new StreamHandler() {
                    @Override
                    public void onClosed(QuicStream over, QuicException why) {
                        told.complete(why);
                    }
                });

        assertThat(told.get()).hasMessageContaining("done");
    }

    @Test
    void shouldGiveUpAStreamWhoseHandlerFails() throws Exception {
        QuicConnection dialled = pair.connect();
        QuicStream stream = dialled.openStream();
        stream.write(bytes(1));
        stream.handler(
                new StreamHandler() {
                    @Override
                    public void onReadable(QuicStream readable) {
                        throw new IllegalStateException("a mistake of the test's");
                    }
                });

        QuicStream next = dialled.openStream();
        next.write(bytes(10));
        next.finish();

        assertThat(next.inputStream().readAllBytes()).isEqualTo(bytes(10));
        assertThatThrownBy(() -> stream.write(bytes(1))).isInstanceOf(IOException.class);
    }
}
