package dev.tern.quic.connection;

import dev.tern.quic.wire.TransportError;

/**
 * Why a connection ended.
 *
 * @param cause who ended it
 * @param application whether the code is the application's rather than the transport's
 * @param code the error code (RFC 9000 §20)
 * @param message a sentence for people; may be empty
 */
public record CloseReason(Cause cause, boolean application, long code, String message) {
    /** Who, or what, ended a connection. */
    public enum Cause {
        LOCAL,
        PEER,
        IDLE,
        STATELESS_RESET,
        VERSION_REFUSED,
        /** The network said so before the peer had said anything. */
        UNREACHABLE
    }

    /** Whether the end was asked for and no error. */
    public boolean isClean() {
        boolean closed = cause == Cause.LOCAL || cause == Cause.PEER;
        return closed && code == TransportError.NO_ERROR;
    }
}
