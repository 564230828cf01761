package dev.tern.perf.udp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.peer.cli.Tern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

@Timeout(60)
class UdpCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int tern(String... arguments) {
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

    @Test
    void shouldCountWhatGoesFromOneProcessToAnother() {
        int exitCode = tern("perf", "udp", "--transport", "nio", "--seconds", "0.1", "--json");

        assertThat(exitCode).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("[{\"transport\":\"nio\",\"sizeBytes\":1200,\"sentPerSecond\":")
                .doesNotContain("\"sentPerSecond\":0,");
    }

    @Test
    void shouldNameTheTransportsThatThereAre() {
        assertThat(tern("perf", "udp", "--transport", "carrier-pigeon")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("nio and linux");
    }

    @Test
    void shouldRefuseWhatIsNoSizeOfADatagram() {
        assertThat(tern("perf", "udp", "--size", "70000")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--size");
    }
}
