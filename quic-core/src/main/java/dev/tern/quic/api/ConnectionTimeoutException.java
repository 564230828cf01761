package dev.tern.quic.api;

/**
 * Nobody answered, or nothing was heard of the peer for the idle timeout (RFC 9000 §10.1). Trying
 * again may help.
 */
public final class ConnectionTimeoutException extends QuicException {
    private static final long serialVersionUID = 1L;

    ConnectionTimeoutException(String message, Throwable cause) {
        super(message, cause, NO_CODE, false, false);
    }

    @Override
    ConnectionTimeoutException again() {
        return new ConnectionTimeoutException(getMessage(), this);
    }
}
