package dev.tern.peer.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tern.peer.cli.Tern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Our client against our server, as processes would be, over real sockets. */
@Timeout(60)
class InteropTest {
    private static final String LISTENING = "listening ";
    private static final Pattern CRYPTO_OFFSET =
            Pattern.compile("\"frame_type\":\"crypto\",\"offset\":(\\d+)");

    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    @TempDir private Path folder;
    private Path www;
    private Path downloads;

    /** Hands over what is printed, line by line. */
    private final class Lines extends OutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public void write(int value) {
            if (value == '\n') {
                lines.add(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(value);
            }
        }
    }

    @BeforeEach
    void prepare() throws IOException {
        www = Files.createDirectory(folder.resolve("www"));
        downloads = Files.createDirectory(folder.resolve("downloads"));
        System.setOut(new PrintStream(new Lines(), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(realOut);
        System.setErr(realErr);
    }

    private static Path resource(String name) {
        try {
            return Path.of(InteropTest.class.getResource("/localhost/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private void publish(String name, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new SplittableRandom(bytes).nextBytes(content);
        Files.write(www.resolve(name), content);
    }

    private static FutureTask<Integer> tern(List<String> arguments) {
        FutureTask<Integer> task =
                new FutureTask<>(
                        () -> Tern.commandLine().execute(arguments.toArray(String[]::new)));
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    private FutureTask<Integer> server(String testCase, int connections, String... options) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "interop",
                                "server",
                                "--listen",
                                "127.0.0.1:0",
                                "--www",
                                www.toString(),
                                "--cert",
                                resource("cert.pem").toString(),
                                "--key",
                                resource("key.pem").toString(),
                                "--testcase",
                                testCase,
                                "--connections",
                                Integer.toString(connections)));
        arguments.addAll(List.of(options));
        return tern(arguments);
    }

    private int client(String testCase, List<String> options, String... files) throws Exception {
        String listening = lines.take();
        assertThat(listening).startsWith(LISTENING);
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "interop",
                                "client",
                                "--downloads",
                                downloads.toString(),
                                "--ca",
                                resource("authority.pem").toString(),
                                "--testcase",
                                testCase));
        arguments.addAll(options);
        for (String file : files) {
            arguments.add("https://" + listening.substring(LISTENING.length()) + "/" + file);
        }
        return tern(arguments).get();
    }

    private void assertArrived(String... files) {
        for (String file : files) {
            assertThat(downloads.resolve(file)).hasSameBinaryContentAs(www.resolve(file));
        }
    }

    private String errors() {
        return errors.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("[")) // log lines begin with their thread
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @EnumSource
    void shouldDownloadEveryFile(TestCase testCase) throws Exception {
        publish("one", 300_000);
        publish("two", 1);
        publish("three", 0);
        int connections = testCase.connectsForEachFile() ? 3 : testCase.resumes() ? 2 : 1;
        FutureTask<Integer> server = server(testCase.toString(), connections);

        int exitCode = client(testCase.toString(), List.of(), "one", "two", "three");

        assertThat(errors()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(server.get()).isZero();
        assertArrived("one", "two", "three");
    }

    @ParameterizedTest
    @EnumSource
    void shouldDownloadEveryFileOverHttp3(TestCase testCase) throws Exception {
        publish("one", 300_000);
        publish("with a space", 1);
        publish("three", 0);
        int connections = testCase.connectsForEachFile() ? 3 : testCase.resumes() ? 2 : 1;
        FutureTask<Integer> server = server(testCase.toString(), connections, "--alpn", "h3");

        int exitCode =
                client(
                        testCase.toString(),
                        List.of("--alpn", "h3"),
                        "one",
                        "with%20a%20space",
                        "three");

        assertThat(errors()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(server.get()).isZero();
        assertArrived("one", "with a space", "three");
    }

    @Test
    void shouldSayWhichFileIsMissingOverHttp3() throws Exception {
        FutureTask<Integer> server = server("http3", 1);

        assertThat(client("http3", List.of(), "nothing")).isOne();

        assertThat(server.get()).isOne();
        assertThat(errors())
                .contains("tern interop server: no file for the request \"GET /nothing\"")
                .contains("/nothing did not arrive whole: status 404");
    }

    @Test
    void shouldNotSpeakWhatTheServerDoesNot() throws Exception {
        publish("one", 100);
        server("transfer", 1);

        assertThat(client("transfer", List.of("--alpn", "h3"), "one")).isOne();

        assertThat(errors()).contains("no_application_protocol");
    }

    @Test
    void shouldFetchMoreFilesThanStreamsAreAllowed() throws Exception {
        String[] names = new String[500];
        for (int i = 0; i < names.length; i++) {
            names[i] = "file" + i;
            publish(names[i], 32 + i);
        }
        FutureTask<Integer> server = server("multiplexing", 1);

        assertThat(client("multiplexing", List.of(), names)).isZero();

        assertThat(server.get()).isZero();
        assertArrived(names);
    }

    @Test
    void shouldGoOnWhenThePortChangesOnTheWay() throws Exception {
        publish("large", 3_000_000);
        FutureTask<Integer> server = server("transfer", 1);

        int exitCode = client("rebind-port", List.of("--rebind-port-after", "200000"), "large");

        assertThat(errors()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(server.get()).isZero();
        assertArrived("large");
    }

    @Test
    void shouldGoOnWhenTheAddressChangesOnTheWay() throws Exception {
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
        publish("large", 3_000_000);
        FutureTask<Integer> server = server("transfer", 1);

        int exitCode =
                client(
                        "rebind-addr",
                        List.of("--rebind-address-after", "200000=127.0.0.3"),
                        "large");

        assertThat(errors()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(server.get()).isZero();
        assertArrived("large");
    }

    @Test
    void shouldGoOnWhereTheServerPrefers() throws Exception {
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux");
        publish("large", 3_000_000);
        int port;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getByName("127.0.0.5"))) {
            port = free.getLocalPort();
        }
        FutureTask<Integer> server =
                server("connectionmigration", 1, "--preferred", "127.0.0.5:" + port);

        assertThat(client("transfer", List.of(), "large")).isZero();

        assertThat(server.get()).isZero();
        assertArrived("large");
    }

    @Test
    void shouldSayThatNoChangeCameAbout() throws Exception {
        publish("small", 100);
        FutureTask<Integer> server = server("transfer", 1);

        assertThat(client("transfer", List.of("--rebind-port-after", "200000"), "small")).isOne();

        assertThat(server.get()).isZero();
        assertThat(errors()).contains("too short for a change of address");
    }

    @Test
    void shouldSayWhichFileIsMissing() throws Exception {
        FutureTask<Integer> server = server("transfer", 1);

        assertThat(client("transfer", List.of(), "nothing")).isOne();

        assertThat(server.get()).isOne();
        assertThat(errors())
                .contains("tern interop server: no file for the request \"GET /nothing\"")
                .contains("/nothing did not arrive whole");
    }

    @Test
    void shouldWriteTheSecrets() throws Exception {
        publish("one", 100);
        Path serverLog = folder.resolve("server.keys");
        Path clientLog = folder.resolve("client.keys");
        FutureTask<Integer> server = server("handshake", 1, "--keylog", serverLog.toString());

        assertThat(client("handshake", List.of("--keylog", clientLog.toString()), "one")).isZero();

        assertThat(server.get()).isZero();
        assertThat(Files.readAllLines(clientLog))
                .containsAll(Files.readAllLines(serverLog))
                .anyMatch(line -> line.startsWith("CLIENT_TRAFFIC_SECRET_0 "));
    }

    @Test
    void shouldWriteAQlogFileOnEachSide() throws Exception {
        publish("one", 100);
        Path qlog = folder.resolve("qlog");
        FutureTask<Integer> server = server("handshake", 1, "--qlog", qlog.toString());

        assertThat(client("handshake", List.of("--qlog", qlog.toString()), "one")).isZero();

        assertThat(server.get()).isZero();
        assertThat(qlog).isDirectoryContaining("glob:**_client.sqlog");
        assertThat(qlog).isDirectoryContaining("glob:**_server.sqlog");
    }

    @Test
    void shouldFitTheFirstFlightIntoOneDatagramWithClassicKeysOnly() throws Exception {
        publish("one", 100);
        Path classic = folder.resolve("classic");
        Path hybrid = folder.resolve("hybrid");
        for (List<String> options :
                List.of(
                        List.of("--classic", "--qlog", classic.toString()),
                        List.of("--qlog", hybrid.toString()))) {
            FutureTask<Integer> server = server("handshake", 1);
            assertThat(client("handshake", options, "one")).isZero();
            assertThat(server.get()).isZero();
        }

        assertThat(cryptoOffsetsSent(classic)).containsOnly("0");
        assertThat(cryptoOffsetsSent(hybrid)).contains("0").anyMatch(offset -> !offset.equals("0"));
    }

    /** In Initial packets, which carry the ClientHello. */
    private static List<String> cryptoOffsetsSent(Path qlog) throws IOException {
        try (Stream<Path> files = Files.list(qlog)) {
            return Files.readAllLines(files.findFirst().orElseThrow()).stream()
                    .filter(line -> line.contains("packet_sent"))
                    .filter(line -> line.contains("\"packet_type\":\"initial\""))
                    .flatMap(line -> CRYPTO_OFFSET.matcher(line).results())
                    .map(found -> found.group(1))
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"versionnegotiation", "unheard-of"})
    void shouldExitWith127WhereTheCaseIsUnknown(String testCase) throws Exception {
        assertThat(tern(List.of("interop", "server", "--testcase", testCase)).get()).isEqualTo(127);
        assertThat(tern(List.of("interop", "client", "--testcase", testCase)).get()).isEqualTo(127);

        assertThat(errors()).contains("unsupported test case: " + testCase);
    }

    private void assertOneSentence(String sentence, String... arguments) throws Exception {
        assertThat(tern(List.of(arguments)).get()).isOne();

        assertThat(errors().lines()).hasSize(1);
        assertThat(errors()).contains(sentence);
    }

    @Test
    void shouldSayWhatIsWrongWithAUrl() throws Exception {
        assertOneSentence("is not https://HOST:PORT/PATH", "interop", "client", "http://a/b");
    }

    @Test
    void shouldWantOneServer() throws Exception {
        assertOneSentence(
                "all URLs must be of one server",
                "interop",
                "client",
                "https://a/b",
                "https://c/d");
    }

    @Test
    void shouldWantAUrl() throws Exception {
        assumeThat(System.getenv("REQUESTS")).isNull();

        assertOneSentence("give at least one URL", "interop", "client");
    }

    @Test
    void shouldWantAFolder() throws Exception {
        assertOneSentence(
                "no such folder: /nowhere",
                "interop",
                "client",
                "--downloads",
                "/nowhere",
                "https://localhost/a");
    }

    @Test
    void shouldSayHowARebindingIsWritten() throws Exception {
        assertOneSentence(
                "is not BYTES=ADDR",
                "interop",
                "client",
                "--downloads",
                downloads.toString(),
                "--rebind-address-after",
                "soon",
                "https://localhost/a");
    }
}
