package dev.tern.fuzz.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.peer.cli.Tern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

class SimCommandTest {
    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void redirect() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(realOut);
        System.setErr(realErr);
    }

    private int run(String... arguments) {
        return Tern.commandLine().execute(arguments);
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void shouldSumUpInTheLastLine() {
        assertThat(run("sim", "--seeds", "20", "--first", "7")).isZero();

        assertThat(lines().getLast())
                .matches(
                        "worlds=20 failed=0 hash=[0-9a-f]{16} moves=\\d+ rebinds=\\d+ retries=\\d+"
                                + " resumed=\\d+ zero_rtt=\\d+ key_updates=\\d+ ptos=\\d+"
                                + " spurious=\\d+ validations=\\d+ resets=\\d+");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("20 of 20 worlds");
    }

    @Test
    void shouldTellTheStoryOfOneWorld() {
        assertThat(run("sim", "--seed", "3", "--keep", "0", "--trace")).isZero();

        assertThat(lines()).anyMatch(line -> line.contains("dialler sends #1"));
        assertThat(lines().getLast()).startsWith("worlds=1 failed=0");
    }

    @Test
    void shouldFindAPlantAndTellItsStory() {
        assertThat(run("sim", "--plant", "wrong-ack-delay", "--seeds", "5")).isZero();
        String found = lines().getFirst();
        assertThat(found).startsWith("wrong-ack-delay: seed ");
        assertThat(lines().getLast()).isEqualTo("plants=1 found=1");

        String seed = found.replaceAll(".*: seed (\\d+),.*", "$1");
        assertThat(run("sim", "--plant", "wrong-ack-delay", "--seed", seed)).isEqualTo(1);
        assertThat(lines().getLast()).startsWith("worlds=1 failed=1");
    }

    @Test
    void shouldSayWhatIsWrongWithTheArguments() {
        assertThat(run("sim")).isNotZero();
        assertThat(run("sim", "--seeds", "0")).isNotZero();
        assertThat(run("sim", "--seeds", "2", "--trace")).isNotZero();
        assertThat(run("sim", "--seed", "2", "--keep", "x")).isNotZero();
        assertThat(run("sim", "--plant", "weeds")).isNotZero();

        List<String> said = err.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(said).hasSize(5).allMatch(line -> line.startsWith("tern sim: "));
    }
}
