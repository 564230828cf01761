package dev.tern.quic.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.crypto.identity.PeerVerifiers;
import dev.tern.crypto.tls.TlsConfig;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.io.UdpTransports;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Two endpoints, each with its own thread, over real sockets on loopback. */
@Timeout(30)
class QuicEndpointTest {
    private static final String PROTOCOL = "test";
    private static final InetSocketAddress LOOPBACK =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final SecureRandom random = new SecureRandom();
    private final PeerIdentity identity = PeerIdentity.generate(random);
    private QuicEndpoint server;
    private QuicEndpoint client;

    @BeforeEach
    void open() throws IOException {
        server =
                QuicEndpoint.builder()
                        .bind(LOOPBACK)
                        .accept(ConnectionConfig.of(TlsConfig.server(random, identity, PROTOCOL)))
                        .open();
        client = QuicEndpoint.builder().bind(LOOPBACK).open();
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private ConnectionConfig clientConfig() {
        return ConnectionConfig.of(
                TlsConfig.client(random, null, PeerVerifiers.exactly(identity.peerId()), PROTOCOL));
    }

    private QuicConnection connect() throws IOException {
        return client.connect(server.localAddress(), clientConfig());
    }

    private static <T> FutureTask<T> inThread(Callable<T> body) {
        FutureTask<T> task = new FutureTask<>(body);
        Thread.ofVirtual().start(task);
        return task;
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void shouldCarryFiveMegabytesExactly() throws Exception {
        byte[] sent = bytes(5_000_000);
        QuicConnection dialled = connect();
        QuicStream stream = dialled.openUnidirectionalStream();
        FutureTask<Object> writing =
                inThread(
                        () -> {
                            stream.write(sent);
                            stream.finish();
                            stream.awaitDelivery();
                            return null;
                        });

        byte[] received = server.accept().acceptStream().inputStream().readAllBytes();

        assertThat(received).isEqualTo(sent);
        writing.get();
        assertThat(dialled.applicationProtocol()).isEqualTo(PROTOCOL);
    }

    @Test
    void shouldSayAtOnceThatNobodyListens() throws IOException {
        Assumptions.assumeTrue(
                UdpTransports.chosen().getClass().getSimpleName().equals("LinuxTransports"),
                "these sockets hear of no ICMP");
        InetSocketAddress closed;
        try (DatagramSocket socket = new DatagramSocket(LOOPBACK)) {
            closed = (InetSocketAddress) socket.getLocalSocketAddress();
        }

        assertThatThrownBy(() -> client.connect(closed, clientConfig()))
                .isExactlyInstanceOf(QuicException.class)
                .hasMessage("no one listens at 127.0.0.1:" + closed.getPort());
    }

    @Test
    void shouldEchoOnManyStreamsAtOnce() throws Exception {
        FutureTask<Object> serving = inThread(() -> echoStreams(server.accept()));
        QuicConnection dialled = connect();
        List<FutureTask<byte[]>> echoes = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            byte[] request = bytes(1000 + i);
            echoes.add(inThread(() -> exchange(dialled.openStream(), request)));
        }

        for (int i = 0; i < echoes.size(); i++) {
            assertThat(echoes.get(i).get()).isEqualTo(bytes(1000 + i));
        }

        dialled.close();
        serving.get();
    }

    private static byte[] exchange(QuicStream stream, byte[] request) throws IOException {
        try (OutputStream out = stream.outputStream()) {
            out.write(request);
        }
        return stream.inputStream().readAllBytes();
    }

    private static Object echoStreams(QuicConnection connection) throws IOException {
        QuicStream stream;
        while ((stream = connection.acceptStream()) != null) {
            QuicStream accepted = stream;
            Thread.ofVirtual().start(() -> echo(accepted));
        }
        return null;
    }

    private static void echo(QuicStream stream) {
        try {
            stream.inputStream().transferTo(stream.outputStream());
            stream.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldTellThePeerWhyItWasClosed() throws Exception {
        QuicConnection dialled = connect();
        QuicConnection accepted = server.accept();

        dialled.close(7, "had enough");

        assertThatThrownBy(accepted::acceptStream)
                .isInstanceOf(QuicException.class)
                .hasMessageContaining("application error 0x7")
                .hasMessageContaining("had enough");
        assertThatThrownBy(accepted::openStream).isInstanceOf(QuicException.class);
    }

    @Test
    void shouldReachIpv4FromAWildcardOfBothFamilies() throws Exception {
        try (QuicEndpoint both =
                QuicEndpoint.builder().bind(new InetSocketAddress("::", 0)).open()) {
            QuicStream stream = both.connect(server.localAddress(), clientConfig()).openStream();
            stream.write(new byte[] {7});

            assertThat(server.accept().acceptStream().read(new byte[10])).isEqualTo(1);
        }
    }

    @Test
    void shouldEndAWaitingReadWhenTheConnectionCloses() throws Exception {
        QuicStream stream = connect().openStream();
        stream.write(new byte[] {1});
        QuicConnection accepted = server.accept();
        QuicStream other = accepted.acceptStream();
        assertThat(other.read(new byte[10])).isEqualTo(1);
        FutureTask<Integer> reading = inThread(() -> stream.read(new byte[10]));

        accepted.close(3, "go home");

        assertThatThrownBy(reading::get)
                .hasCauseInstanceOf(QuicException.class)
                .hasMessageContaining("go home");
        assertThatThrownBy(() -> stream.write(new byte[1])).isInstanceOf(QuicException.class);
    }

    @Test
    void shouldEndAWaitingWriteWhenThePeerWantsNoMore() throws Exception {
        QuicStream stream = connect().openStream();
        FutureTask<Object> writing =
                inThread(
                        () -> {
                            while (true) {
                                stream.write(new byte[100_000]);
                            }
                        });
        QuicStream accepted = server.accept().acceptStream();

        accepted.stopSending(5);

        assertThatThrownBy(writing::get)
                .hasCauseInstanceOf(QuicException.class)
                .hasMessageContaining("code 5");
    }

    @Test
    void shouldReadWhatArrivedBeforeTheConnectionEnded() throws Exception {
        QuicConnection dialled = connect();
        QuicStream stream = dialled.openUnidirectionalStream();
        stream.write(bytes(5000));
        stream.finish();
        stream.awaitDelivery();
        dialled.close();
        QuicConnection accepted = server.accept();

        QuicStream accepting = accepted.acceptStream();

        assertThat(accepted.acceptStream()).isNull();
        assertThat(accepting.inputStream().readAllBytes()).isEqualTo(bytes(5000));
    }

    @Test
    void shouldLeaveAReadWhenInterrupted() throws Exception {
        QuicStream stream = connect().openStream();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> stream.read(new byte[1]))
                .isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldRefuseAServerThatIsSomebodyElse() {
        PeerIdentity expected = PeerIdentity.generate(random);
        ConnectionConfig config =
                ConnectionConfig.of(
                        TlsConfig.client(
                                random, null, PeerVerifiers.exactly(expected.peerId()), PROTOCOL));

        assertThatThrownBy(() -> client.connect(server.localAddress(), config))
                .isInstanceOf(QuicException.class)
                .hasMessageContaining("expected peer " + expected.peerId());
    }

    @Test
    void shouldSayThatAHostIsUnknown() {
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", 1);

        assertThatThrownBy(() -> client.connect(nowhere, clientConfig()))
                .isInstanceOf(QuicException.class)
                .hasMessage("unknown host: nowhere.invalid");
    }

    @Test
    void shouldSayThatAnIpv4SocketReachesNoIpv6Address() {
        InetSocketAddress remote = new InetSocketAddress("2001:db8::1", 1);

        assertThatThrownBy(() -> client.connect(remote, clientConfig()))
                .isInstanceOf(QuicException.class)
                .hasMessageContaining("bind to an IPv6 address");
    }

    @Test
    void shouldStopAcceptingAndConnectingWhenClosed() throws Exception {
        FutureTask<QuicConnection> accepting = inThread(server::accept);

        server.close();
        client.close();

        assertThat(accepting.get()).isNull();
        assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
    }

    @Test
    void shouldTellConnectionsThatTheirEndpointIsClosed() throws Exception {
        QuicConnection dialled = connect();
        QuicConnection accepted = server.accept();
        FutureTask<QuicStream> waiting = inThread(dialled::acceptStream);

        client.close();

        assertThat(waiting.get()).isNull();
        assertThat(accepted.acceptStream()).isNull();
    }
}
