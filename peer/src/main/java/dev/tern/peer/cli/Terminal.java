package dev.tern.peer.cli;

/** Whether a person is watching. */
public final class Terminal {
    private Terminal() {}

    /** Whether lines can be rewritten in place. */
    public static boolean isPresent() {
        return System.console().isTerminal();
    }
}
