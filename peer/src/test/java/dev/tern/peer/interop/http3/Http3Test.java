package dev.tern.peer.interop.http3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.tern.crypto.identity.PemCredentials;
import dev.tern.crypto.tls.TlsConfigBuilder;
import dev.tern.quic.api.QuicConnection;
import dev.tern.quic.api.QuicEndpoint;
import dev.tern.quic.api.QuicException;
import dev.tern.quic.api.QuicStream;
import dev.tern.quic.api.StreamResetException;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.connection.ConnectionConfigBuilder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;

/** Our client and our server over the loopback, and either against what breaks the rules. */
@Timeout(60)
class Http3Test {
    private static final byte[] SETTINGS = Frames.whole(FrameType.SETTINGS, Settings.encode());

    private final List<String> failures = new CopyOnWriteArrayList<>();
    @TempDir private Path www;
    private QuicEndpoint serving;
    private QuicEndpoint asking;
    private QuicConnection client;
    private QuicConnection server;

    @BeforeEach
    void connect() throws Exception {
        SecureRandom random = new SecureRandom();
        Path resources = Path.of(Http3Test.class.getResource("/localhost").toURI());
        ConnectionConfig serverConfig =
                config(
                        new TlsConfigBuilder(random, "h3")
                                .credentials(
                                        PemCredentials.load(
                                                resources.resolve("cert.pem"),
                                                resources.resolve("key.pem"),
                                                random)));
        ConnectionConfig clientConfig =
                config(
                        new TlsConfigBuilder(random, "h3")
                                .serverName("localhost")
                                .verifier(chain -> {}));
        serving =
                QuicEndpoint.builder()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .accept(serverConfig)
                        .open();
        asking = QuicEndpoint.builder().open();
        client = asking.connect(serving.localAddress(), clientConfig);
        server = serving.accept();
    }

    private static ConnectionConfig config(TlsConfigBuilder tls) {
        return new ConnectionConfigBuilder(tls.build()).build();
    }

    @AfterEach
    void close() {
        asking.close();
        serving.close();
    }

    private Path find(String path) {
        Path file = www.resolve(path.substring(1));
        return Files.isRegularFile(file) ? file : null;
    }

    private Thread serve() {
        Http3Server http3 = new Http3Server(this::find, failures::add);
        return Thread.startVirtualThread(() -> http3.serve(server));
    }

    private static void send(QuicStream stream, String hex) throws IOException {
        stream.write(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private static void sendControlStream(QuicConnection connection) throws IOException {
        QuicStream control = connection.openUnidirectionalStream();
        control.write(Bytes.joined(new byte[1], SETTINGS));
    }

    private static void assertEndsWith(Http3Error error, QuicConnection connection) {
        QuicException why = connection.closed().join();
        assertThat(why.isApplicationError()).isTrue();
        assertThat(why.isRemote()).isTrue();
        assertThat(Long.toHexString(why.code())).isEqualTo(Long.toHexString(error.code()));
    }

    @Test
    void shouldBringFilesAsTheyAre() throws Exception {
        Thread serves = serve();
        Http3Client http3 = Http3Client.on(client);
        for (int bytes : new int[] {0, 1, 5_000_000}) {
            byte[] content = new byte[bytes];
            new SplittableRandom(bytes).nextBytes(content);
            Files.write(www.resolve("file" + bytes), content);

            assertThat(http3.get("localhost:1", "/file" + bytes)).hasBinaryContent(content);
        }
        client.close(Http3Error.H3_NO_ERROR.code(), "");

        serves.join();
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldTakeAnOrderlyEndOfEitherSideForNoFailure() throws Exception {
        Thread serves = serve();
        Http3Client.on(client);

        server.close(Http3Error.H3_NO_ERROR.code(), "");

        serves.join();
        assertThat(failures).isEmpty();
    }

    @Test
    void shouldGoOnAfterAFileThatThereIsNot() throws Exception {
        serve();
        Files.writeString(www.resolve("here"), "text");
        Http3Client http3 = Http3Client.on(client);

        assertThatIOException()
                .isThrownBy(() -> http3.get("localhost", "/nowhere").read())
                .withMessage("status 404");
        assertThat(http3.get("localhost", "/here")).hasContent("text");
        assertThat(failures).containsExactly("no file for the request \"GET /nowhere\"");
    }

    @Test
    void shouldServeWhoSaysMoreThanItKnows() throws Exception {
        serve();
        Files.writeString(www.resolve("here"), "text");
        QuicStream control = client.openUnidirectionalStream();
        QuicStream unknown = client.openUnidirectionalStream();
        QuicStream decoder = client.openUnidirectionalStream();
        QuicStream encoder = client.openUnidirectionalStream();
        QuicStream undecided = client.openUnidirectionalStream();
        QuicStream request = client.openStream();

        control.write(Bytes.joined(new byte[1], SETTINGS));
        send(control, "21 02 ffff 4040 00");
        send(unknown, "21 ffffff");
        send(decoder, "03 40 7f21");
        send(encoder, "02");
        undecided.finish();
        send(request, "21 02 ffff");
        request.write(Frames.whole(FrameType.HEADERS, FieldSections.get("a", "/here")));
        send(request, "21 02 ffff");
        request.finish();
        MessageReader message = new MessageReader(request.inputStream(), true);

        assertThat(message.response()).isEqualTo(new Response(200, 4));
        byte[] body = new byte[4];
        assertThat(message.read(body, 0, body.length)).isEqualTo(4);
        assertThat(new String(body, StandardCharsets.US_ASCII)).isEqualTo("text");
        assertThat(failures).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // A second of a kind; a push; a control stream that ends.
        "00 0400, false, H3_STREAM_CREATION_ERROR",
        "01, false, H3_STREAM_CREATION_ERROR",
        "02, true, H3_CLOSED_CRITICAL_STREAM",
        "03, true, H3_CLOSED_CRITICAL_STREAM",
        // A table of no bytes is no table; nothing was inserted into the other.
        "02 20, false, QPACK_ENCODER_STREAM_ERROR",
        "03 80, false, QPACK_DECODER_STREAM_ERROR",
        "03 01, false, QPACK_DECODER_STREAM_ERROR",
    })
    void shouldEndTheConnectionForAStream(String hex, boolean finished, Http3Error error)
            throws IOException {
        serve();
        sendControlStream(client);
        QuicStream stream = client.openUnidirectionalStream();

        send(stream, hex);
        if (finished) {
            stream.finish();
        }

        assertEndsWith(error, client);
    }

    @ParameterizedTest
    @CsvSource({
        "0000, H3_FRAME_UNEXPECTED",
        "0600, H3_FRAME_UNEXPECTED",
        "01 05 00, H3_FRAME_ERROR",
        "01 03 020080, QPACK_DECOMPRESSION_FAILED",
    })
    void shouldEndTheConnectionForARequest(String hex, Http3Error error) throws IOException {
        serve();
        QuicStream request = client.openStream();

        send(request, hex);
        request.finish();

        assertEndsWith(error, client);
    }

    @ParameterizedTest
    @CsvSource({"'', H3_REQUEST_INCOMPLETE", "01 02 0000, H3_MESSAGE_ERROR"})
    void shouldEndOneRequestAlone(String hex, Http3Error error) throws IOException {
        serve();
        Files.writeString(www.resolve("here"), "text");
        Http3Client http3 = Http3Client.on(client);
        QuicStream request = client.openStream();

        send(request, hex);
        request.finish();

        assertThatIOException()
                .isThrownBy(request.inputStream()::read)
                .isInstanceOfSatisfying(
                        StreamResetException.class,
                        e -> assertThat(e.code()).isEqualTo(error.code()));
        assertThat(http3.get("localhost", "/here")).hasContent("text");
    }

    @Test
    void shouldRefuseAServersRequests() throws IOException {
        Http3Client.on(client);

        send(server.openStream(), "0000");

        assertEndsWith(Http3Error.H3_STREAM_CREATION_ERROR, server);
    }

    @Test
    void shouldRefuseAPush() throws IOException {
        Http3Client.on(client);

        send(server.openUnidirectionalStream(), "0100");

        assertEndsWith(Http3Error.H3_ID_ERROR, server);
    }

    @Test
    void shouldRefuseAResponseThatIsCutOff() throws IOException {
        Http3Client http3 = Http3Client.on(client);
        sendControlStream(server);
        Thread.startVirtualThread(
                () -> {
                    try {
                        acceptRequest().finish();
                    } catch (IOException e) {
                        failures.add(e.getMessage());
                    }
                });

        assertThatIOException()
                .isThrownBy(() -> http3.get("localhost", "/any").read())
                .withMessageContaining("H3_MESSAGE_ERROR");
        assertThat(failures).isEmpty();
    }

    private QuicStream acceptRequest() throws IOException {
        QuicStream stream;
        do {
            stream = server.acceptStream();
        } while (!stream.isBidirectional());
        return stream;
    }
}
