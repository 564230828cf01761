package dev.tern.peer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Runs the command line as a shell would, and keeps what it prints. */
final class Shell {
    private Shell() {}

    record Outcome(int exitCode, String out, String err) {
        /** It failed, and said so in one line that begins with the command. */
        void assertOneSentence(String command, String... parts) {
            assertThat(exitCode).isNotZero();
            assertThat(out).isEmpty();
            assertThat(err.lines()).hasSize(1);
            assertThat(err).startsWith(command + ": ").contains(parts).doesNotContain("Exception");
        }
    }

    static Outcome tern(Object... args) {
        PrintStream realOut = System.out;
        PrintStream realErr = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int exitCode =
                    Tern.commandLine()
                            .execute(
                                    Arrays.stream(args)
                                            .map(Object::toString)
                                            .toArray(String[]::new));
            return new Outcome(
                    exitCode,
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(realOut);
            System.setErr(realErr);
        }
    }
}
