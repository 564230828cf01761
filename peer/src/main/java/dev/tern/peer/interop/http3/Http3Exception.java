package dev.tern.peer.interop.http3;

import java.io.IOException;

/** The other side broke a rule of RFC 9114 or RFC 9204. */
final class Http3Exception extends IOException {
    private static final long serialVersionUID = 1L;

    private final Http3Error error;

    Http3Exception(Http3Error error, String message) {
        super(error + ": " + message);
        this.error = error;
    }

    Http3Exception(Http3Error error, String message, Throwable cause) {
        super(error + ": " + message, cause);
        this.error = error;
    }

    Http3Error error() {
        return error;
    }
}
