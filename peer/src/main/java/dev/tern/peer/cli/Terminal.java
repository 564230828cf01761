package dev.tern.peer.cli;

import java.io.Console;

/** Whether a person is watching. */
public final class Terminal {
    private Terminal() {}

    /** Whether lines can be rewritten in place. */
    @SuppressWarnings("SystemConsoleNull") // JDK 25 returns null again where there is no terminal
    public static boolean isPresent() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
