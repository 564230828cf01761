package dev.tern.perf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.perf.soak.SoakCommand;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;

class SoakCommandTest {
    @Test
    void shouldFindNothingWrongInAShortRun() {
        int exitCode =
                new CommandLine(new SoakCommand())
                        .execute("--bytes", "3000000", "--minutes", "0", "--connections", "8");

        assertThat(exitCode).isZero();
    }
}
