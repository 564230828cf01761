package dev.tern.perf.quic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import dev.tern.peer.cli.Tern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Two processes each; how fast they are is of no account here. */
@Timeout(60)
class PerfCommandsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int perf(String... arguments) {
        PrintStream realOut = System.out;
        PrintStream realErr = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            return Tern.commandLine()
                    .execute(("perf " + String.join(" ", arguments)).split(" ", -1));
        } finally {
            System.setOut(realOut);
            System.setErr(realErr);
        }
    }

    private Map<String, Double> figures(String... arguments) throws IOException {
        assertThat(perf(arguments)).as(() -> err.toString(StandardCharsets.UTF_8)).isZero();
        Map<String, Double> figures = new HashMap<>();
        try (JsonParser json =
                new JsonFactory().createParser(out.toString(StandardCharsets.UTF_8))) {
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                figures.put(name, json.getDoubleValue());
            }
        }
        return figures;
    }

    private void assertRefused(String sentence, String... arguments) {
        assertThat(perf(arguments)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(sentence).hasLineCount(1);
    }

    @Test
    void shouldMeasureBytesFromTheServer() throws IOException {
        Map<String, Double> figures =
                figures("throughput --loopback --bytes 100000 --connections 2 --streams 3 --json");

        assertThat(figures)
                .containsOnlyKeys(
                        "gbit_per_s",
                        "cpu_s_per_gb_client",
                        "cpu_s_per_gb_server",
                        "packets_per_s",
                        "packets_per_syscall",
                        "bytes_allocated_per_packet",
                        "retransmitted_packets",
                        "spurious_losses");
        assertThat(figures.get("packets_per_s")).isPositive();
        assertThat(figures.get("packets_per_syscall")).isPositive();
    }

    @Test
    void shouldMeasureBytesToTheServer() throws IOException {
        Map<String, Double> figures =
                figures(
                        "throughput --loopback --up --seconds 0.2 --warm-up 0.2 --transport nio"
                                + " --aead jdk --cc bbr --mtu 1300 --window 2000000 --group x25519 --json");

        assertThat(figures.get("gbit_per_s")).isPositive();
    }

    @Test
    void shouldMeasureRoundTripsOfEachKind() throws IOException {
        for (String way : new String[] {"", " --blocking", " --requests", " --bare"}) {
            Map<String, Double> figures =
                    figures("latency --loopback --seconds 0.1 --warm-up 0 --json" + way);

            assertThat(figures).containsKeys("p50_us", "p99_us", "p999_us");
            assertThat(figures.get("p50_us")).as(way).isPositive();
            out.reset();
        }
    }

    @Test
    void shouldMeasureResumedHandshakes() throws IOException {
        assertThat(
                        figures(
                                "handshakes --loopback --resumed --connections 2 --seconds 1 --warm-up 0 --json"))
                .containsKeys("handshakes_per_s", "handshakes_per_cpu_s", "p50_us");
    }

    @Test
    void shouldMeasureIdleConnections() throws IOException {
        assertThat(figures("idle --loopback --connections 3 --seconds 0 --json"))
                .containsEntry("connections", 3.0)
                .containsKey("heap_bytes_per_idle_connection");
    }

    @Test
    void shouldPrintTableUnlessAskedForJson() {
        assertThat(perf("throughput --loopback --bytes 1000")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("gbit_per_s ")
                .contains("spurious_losses");
    }

    @Test
    void shouldWantServer() {
        assertRefused("either the HOST:PORT of a server or --loopback", "throughput");
    }

    @Test
    void shouldNotTakeTwoDirections() {
        assertRefused("--up or --down, not both", "throughput --loopback --up --down");
    }

    @Test
    void shouldNameCongestionControllers() {
        assertRefused("cubic, newreno or bbr", "throughput 127.0.0.1:1 --cc vegas");
    }

    @Test
    void shouldNameLimitsOfDatagrams() {
        assertRefused("from 1200 to 2048", "latency 127.0.0.1:1 --mtu 100");
    }

    @Test
    void shouldNameSmallestWindow() {
        assertRefused("at least 1048576", "throughput 127.0.0.1:1 --window 1000");
    }

    @Test
    void shouldRefuseHalfOfCredentials() {
        assertRefused("--cert and --key go together", "server --listen 127.0.0.1:0 --cert x.pem");
    }

    @Test
    void shouldMeasureHeapOfOwnServerOnly() {
        assertRefused("idle needs --loopback", "idle 127.0.0.1:1");
    }

    @Test
    void shouldRefuseNumbersWithoutSense() {
        assertRefused("at least 1", "handshakes --loopback --connections 0");
        out.reset();
        err.reset();
        assertRefused("more than 0", "latency --loopback --seconds NaN");
    }
}
