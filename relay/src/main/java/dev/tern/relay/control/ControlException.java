package dev.tern.relay.control;

/** A control message that is not one: the control connection must close. */
public final class ControlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what is wrong, with which message, and which limit it broke
     */
    public ControlException(String message) {
        // Thrown for hostile input, where a stack trace is only work.
        super(message, null, false, false);
    }
}
