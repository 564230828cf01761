package dev.tern.quic.wire;

/**
 * The peer broke the protocol, so the connection must close with this code (RFC 9000 §11). The one
 * error that a parser may throw.
 */
public final class TransportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long code;

    /**
     * @param code one of {@link TransportError}
     * @param message what happened, where, and which limit it broke
     */
    public TransportException(long code, String message) {
        // Thrown for hostile input: a stack trace would make each bad packet a thousand times
        // dearer.
        super(message, null, false, false);
        this.code = code;
    }

    /** The transport error code (RFC 9000 §20.1). */
    public long code() {
        return code;
    }
}
