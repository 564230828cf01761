package dev.tern.quic.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A socket that is full: nothing else lets a loopback hold back what is sent, so it gets a slow
 * queue, in a network namespace of a process of its own. Needs root.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class FullSocketTest {
    private static final String SLOW_LOOPBACK =
            "ip link set lo up && tc qdisc add dev lo root tbf rate 200mbit burst 20kb limit 100mb";

    @ParameterizedTest
    @ValueSource(strings = {"linux", "nio"})
    void shouldSendOnWhenThereIsRoomWithoutLossAndWithoutATimer(String kind)
            throws IOException, InterruptedException {
        List<String> said = inSlowNetwork(kind);

        assertThat(said).first().isEqualTo("in order");
        int rounds = Integer.parseInt(said.getLast().substring("rounds ".length()));
        assertThat(rounds).isLessThan(SlowLoopback.DATAGRAMS);
    }

    private static List<String> inSlowNetwork(String kind)
            throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                new ProcessBuilder("sh", "-c", "unshare -n sh -c '" + SLOW_LOOPBACK + "'")
                                .start()
                                .waitFor()
                        == 0,
                "no network namespace, or no slow queue, can be made here");
        Process process =
                new ProcessBuilder(
                                "unshare",
                                "-n",
                                "sh",
                                "-c",
                                SLOW_LOOPBACK + " && exec \"$0\" \"$@\"",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                SlowLoopback.class.getName(),
                                kind)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        // Should it stand still, what it has said by then is all there is.
        process.onExit()
                .orTimeout(1, TimeUnit.MINUTES)
                .whenComplete((e, late) -> process.destroyForcibly());
        try (BufferedReader lines = process.inputReader()) {
            return lines.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }
}
