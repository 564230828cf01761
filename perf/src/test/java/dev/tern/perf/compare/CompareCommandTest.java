package dev.tern.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.peer.cli.Tern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

@Timeout(120)
class CompareCommandTest {
    @TempDir private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int compare(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "perf";
        arguments[1] = "compare";
        System.arraycopy(options, 0, arguments, 2, options.length);
        PrintStream realOut = System.out;
        PrintStream realErr = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            return Tern.commandLine().execute(arguments);
        } finally {
            System.setOut(realOut);
            System.setErr(realErr);
        }
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldMeasureContestantsInProcessesOfTheirOwn() throws IOException {
        Path page = folder.resolve("page.html");

        int exitCode =
                compare(
                        "--only=tcp,tern-nio",
                        "--seconds=0.3",
                        "--warm-up=0.3",
                        "--rounds=1",
                        "--json",
                        "--html=" + page);

        assertThat(said()).contains("round 1: tern-nio ").contains("round 1: tcp ");
        assertThat(exitCode).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("{\"seconds\":0.3,\"rows\":[{\"name\":\"tern-nio\",\"gbit_per_s\":")
                .contains("\"cpu_s_per_gb\":")
                .contains("\"rounds\":[{")
                .contains("{\"name\":\"tcp\",")
                .doesNotContain("\"bytes\":0}");
        assertThat(Files.readString(page)).contains("<span>tern-nio</span>");
    }

    @Test
    void shouldCountHandshakesWithAVerifiedChain() {
        int exitCode =
                compare(
                        "--measure=handshakes",
                        "--only=tern-nio",
                        "--seconds=0.3",
                        "--warm-up=0.3",
                        "--rounds=1",
                        "--json");

        assertThat(said()).contains("round 1: tern-nio ");
        assertThat(exitCode).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith(
                        "{\"seconds\":0.3,\"rows\":[{\"name\":\"tern-nio\",\"handshakes_per_cpu_s\":")
                .doesNotContain("\"handshakes\":0}");
    }

    @Test
    void shouldTimeAByteThereAndBack() {
        int exitCode =
                compare(
                        "--measure=echo",
                        "--only=tern-nio,tern-nio-blocking",
                        "--seconds=0.3",
                        "--warm-up=0.3",
                        "--rounds=1",
                        "--json");

        assertThat(said()).contains("round 1: tern-nio-blocking ");
        assertThat(exitCode).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("\"name\":\"tern-nio-blocking\",\"p50_us\":")
                .doesNotContain("\"p50_us\":0.0,");
    }

    @Test
    void shouldNameWhatCanBeMeasured() {
        assertThat(compare("--measure=pigeons")).isEqualTo(1);
        assertThat(compare("--measure=echo", "--only=tcp")).isEqualTo(1);
        assertThat(said().lines())
                .containsExactly(
                        "tern perf compare: --measure must be bulk, handshakes or echo",
                        "tern perf compare: --only does not know tcp; there are tern-linux,"
                                + " tern-linux-blocking, tern-nio, tern-nio-blocking, netty-quic");
    }

    @Test
    void shouldRefuseTimesAndRoundsThatMakeNoSense() {
        assertThat(compare("--seconds=0")).isEqualTo(1);
        assertThat(compare("--seconds=NaN")).isEqualTo(1);
        assertThat(compare("--rounds=0")).isEqualTo(1);
        assertThat(compare("--warm-up=-1")).isEqualTo(1);
        assertThat(said().lines())
                .containsExactly(
                        "tern perf compare: --seconds must be more than 0 and at most 600",
                        "tern perf compare: --seconds must be more than 0 and at most 600",
                        "tern perf compare: --rounds must be from 1 to 100",
                        "tern perf compare: --warm-up must be more than 0 and at most 600");
    }

    @Test
    void shouldNameTheContestantsThatThereAre() {
        assertThat(compare("--only=tcp,pigeons")).isEqualTo(1);
        assertThat(said())
                .isEqualTo(
                        "tern perf compare: --only does not know pigeons; there are tern-linux,"
                                + " tern-linux-jdk, tern-nio, netty-quic, kwik, ngtcp2, quic-go,"
                                + " tcp-tls, tcp\n");
    }

    @Test
    void shouldSayBeforeMeasuringThatThePageCannotBeWritten() {
        Path missing = folder.resolve("missing").resolve("page.html");

        assertThat(compare("--html=" + missing)).isEqualTo(1);
        assertThat(said())
                .isEqualTo("tern perf compare: no such folder: " + missing.getParent() + "\n");
    }

    @Test
    void shouldLeaveOutWhatIsNotInstalled() {
        assertThat(compare("--only=kwik")).isEqualTo(1);
        assertThat(said().lines())
                .hasSize(2)
                .satisfies(
                        lines ->
                                assertThat(lines.get(0))
                                        .startsWith("tern perf compare: without kwik: "))
                .contains("tern perf compare: nothing could be measured");
    }
}
