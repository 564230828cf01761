package dev.tern.quic.api;

import java.io.IOException;

/** A connection or a stream came to an end that the application did not ask for. */
public final class QuicException extends IOException {
    private static final long serialVersionUID = 1L;

    public QuicException(String message) {
        super(message);
    }

    public QuicException(String message, Throwable cause) {
        super(message, cause);
    }
}
