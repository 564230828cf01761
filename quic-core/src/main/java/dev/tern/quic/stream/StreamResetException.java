package dev.tern.quic.stream;

/**
 * The peer gave the stream up: by RESET_STREAM what was being read, by STOP_SENDING what was being
 * written (RFC 9000 §2.4).
 */
public final class StreamResetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long code;

    StreamResetException(long streamId, long code) {
        super("stream " + streamId + ": given up by the peer with code " + code);
        this.code = code;
    }

    /** The application's error code that the peer sent. */
    public long code() {
        return code;
    }
}
