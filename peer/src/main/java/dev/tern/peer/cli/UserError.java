package dev.tern.peer.cli;

/** The user can mend this; the message is one sentence that says how. */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserError(String message) {
        super(message, null, false, false);
    }
}
