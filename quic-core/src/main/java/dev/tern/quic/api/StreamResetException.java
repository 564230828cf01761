package dev.tern.quic.api;

/**
 * The peer gave one stream up, by RESET_STREAM what was being read or by STOP_SENDING what was
 * being written (RFC 9000 §2.4). The connection goes on. Its code is the application's.
 */
public final class StreamResetException extends QuicException {
    private static final long serialVersionUID = 1L;

    private final long streamId;

    StreamResetException(long streamId, long code, Throwable cause) {
        super(
                "stream %d: given up by the peer with code %d".formatted(streamId, code),
                cause,
                code,
                true,
                true);
        this.streamId = streamId;
    }

    @Override
    StreamResetException again() {
        return new StreamResetException(streamId, code(), this);
    }

    /** Which stream. */
    public long streamId() {
        return streamId;
    }
}
