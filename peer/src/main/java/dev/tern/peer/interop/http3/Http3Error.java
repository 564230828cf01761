package dev.tern.peer.interop.http3;

/** The error codes that this side sends (RFC 9114 §8.1, RFC 9204 §6). */
public enum Http3Error {
    H3_NO_ERROR(0x100, false),
    H3_INTERNAL_ERROR(0x102, false),
    H3_STREAM_CREATION_ERROR(0x103, true),
    H3_CLOSED_CRITICAL_STREAM(0x104, true),
    H3_FRAME_UNEXPECTED(0x105, true),
    H3_FRAME_ERROR(0x106, true),
    H3_EXCESSIVE_LOAD(0x107, true),
    H3_ID_ERROR(0x108, true),
    H3_SETTINGS_ERROR(0x109, true),
    H3_MISSING_SETTINGS(0x10a, true),
    H3_REQUEST_CANCELLED(0x10c, false),
    H3_REQUEST_INCOMPLETE(0x10d, false),
    H3_MESSAGE_ERROR(0x10e, false),
    QPACK_DECOMPRESSION_FAILED(0x200, true),
    QPACK_ENCODER_STREAM_ERROR(0x201, true),
    QPACK_DECODER_STREAM_ERROR(0x202, true);

    private final long code;
    private final boolean endsConnection;

    Http3Error(long code, boolean endsConnection) {
        this.code = code;
        this.endsConnection = endsConnection;
    }

    /** Its number. */
    public long code() {
        return code;
    }

    /** Whether the connection ends by it; else one stream does. */
    boolean endsConnection() {
        return endsConnection;
    }
}
