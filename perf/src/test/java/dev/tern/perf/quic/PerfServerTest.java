package dev.tern.perf.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.api.QuicConnection;
import dev.tern.quic.api.QuicEndpoint;
import dev.tern.quic.api.QuicStream;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.io.UdpTransports;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** The QUIC performance protocol (draft-banks-quic-performance-00), over real sockets. */
@Timeout(30)
class PerfServerTest {
    private final SecureRandom random = new SecureRandom();
    private final Meter meter = new Meter(new OpenSockets(UdpTransports.chosen()));
    private QuicEndpoint server;
    private QuicEndpoint client;

    @BeforeEach
    void open() throws IOException {
        TlsConfig tls =
                TlsConfig.server(
                        random,
                        PeerIdentity.generate(random),
                        PerfProtocol.PERF,
                        PerfProtocol.ECHO);
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server =
                QuicEndpoint.builder()
                        .bind(any)
                        .accept(ConnectionConfig.of(tls))
                        .handler(new PerfHandler(meter))
                        .open();
        client = QuicEndpoint.builder().bind(any).open();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private QuicConnection connect(String applicationProtocol) throws IOException {
        return client.connect(
                server.localAddress(),
                ConnectionConfig.of(
                        TlsConfig.client(random, null, chain -> {}, applicationProtocol)));
    }

    private static byte[] readToEnd(QuicStream stream) throws IOException {
        return stream.inputStream().readAllBytes();
    }

    @Test
    void shouldSendAsManyBytesAsAskedFor() throws IOException {
        QuicStream stream = connect(PerfProtocol.PERF).openStream();

        stream.write(PerfProtocol.header(200_000));
        stream.finish();

        assertThat(readToEnd(stream)).hasSize(200_000);
    }

    @Test
    void shouldAnswerBeforeTheRequestEnds() throws IOException {
        QuicStream stream = connect(PerfProtocol.PERF).openStream();

        stream.write(PerfProtocol.header(5));

        assertThat(readToEnd(stream)).hasSize(5);
    }

    @Test
    void shouldReadHeaderThatComesInPieces() throws IOException {
        QuicStream stream = connect(PerfProtocol.PERF).openStream();
        byte[] header = PerfProtocol.header(0x0102);

        stream.write(header, 0, 7);
        stream.write(header, 7, 1);
        stream.finish();

        assertThat(readToEnd(stream)).hasSize(0x0102);
    }

    @Test
    void shouldThrowAwayWhatFollowsTheHeader() throws IOException {
        QuicStream stream = connect(PerfProtocol.PERF).openStream();

        stream.write(PerfProtocol.header(0));
        stream.write(new byte[100_000]);
        stream.finish();
        stream.awaitDelivery();

        assertThat(readToEnd(stream)).isEmpty();
        assertThat(meter.streamBytes().get()).isEqualTo(100_008);
    }

    @Test
    void shouldSendNothingWhereHeaderIsIncomplete() throws IOException {
        QuicStream stream = connect(PerfProtocol.PERF).openStream();

        stream.write(new byte[7]);
        stream.finish();

        assertThat(readToEnd(stream)).isEmpty();
    }

    @Test
    void shouldSendWithoutEndUntilStopped() throws IOException {
        QuicConnection connection = connect(PerfProtocol.PERF);
        QuicStream endless = connection.openStream();
        endless.write(PerfProtocol.header(PerfProtocol.ENDLESS));
        byte[] some = new byte[1 << 16];
        assertThat(endless.read(some)).isPositive();

        endless.close();

        QuicStream next = connection.openStream();
        next.write(PerfProtocol.header(3));
        next.finish();
        assertThat(readToEnd(next)).hasSize(3);
    }

    @Test
    void shouldAnswerUnidirectionalStreamByOneOfItsOwn() throws IOException {
        QuicConnection connection = connect(PerfProtocol.PERF);
        QuicStream request = connection.openUnidirectionalStream();

        request.write(PerfProtocol.header(1000));
        request.finish();

        QuicStream answer = connection.acceptStream();
        assertThat(answer.isBidirectional()).isFalse();
        assertThat(readToEnd(answer)).hasSize(1000);
    }

    @Test
    void shouldEchoByProtocolOfOurOwn() throws IOException {
        QuicStream stream = connect(PerfProtocol.ECHO).openStream();

        stream.write("tern".getBytes(StandardCharsets.US_ASCII));
        stream.finish();

        assertThat(readToEnd(stream)).asString(StandardCharsets.US_ASCII).isEqualTo("tern");
    }

    @Test
    void shouldRefuseOtherProtocols() {
        assertThatThrownBy(() -> connect("h3")).isInstanceOf(IOException.class);
    }
}
