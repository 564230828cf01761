package dev.tern.quic.api;

import dev.tern.quic.connection.CloseReason;

import java.io.IOException;

/**
 * A connection or a stream came to an end that the application did not ask for. Where an error code
 * was sent, either way, the exception has it, and its name (RFC 9000 §20).
 */
public sealed class QuicException extends IOException
        permits ConnectionTimeoutException, StreamResetException, VersionRefusedException {
    private static final long serialVersionUID = 1L;

    /** There is no error code: nobody sent one. */
    public static final long NO_CODE = -1;

    private final long code;
    private final boolean applicationError;
    private final boolean remote;

    /** Something went wrong here, and the peer was not told a code. */
    public QuicException(String message) {
        this(message, null, NO_CODE, false, false);
    }

    /** As {@link #QuicException(String)}, for a reason. */
    public QuicException(String message, Throwable cause) {
        this(message, cause, NO_CODE, false, false);
    }

    QuicException(
            String message, Throwable cause, long code, boolean applicationError, boolean remote) {
        super(message, cause);
        this.code = code;
        this.applicationError = applicationError;
        this.remote = remote;
    }

    /**
     * What waits on a connection that ended is told so.
     *
     * @param message a sentence for a person
     */
    public static QuicException of(CloseReason reason, String message) {
        return switch (reason.cause()) {
            case IDLE -> new ConnectionTimeoutException(message, null);
            case VERSION_REFUSED -> new VersionRefusedException(message, null);
            case UNREACHABLE -> new QuicException(message, null);
            case STATELESS_RESET -> new QuicException(message, null, NO_CODE, false, true);
            case PEER, LOCAL ->
                    new QuicException(
                            message,
                            null,
                            reason.code(),
                            reason.application(),
                            reason.cause() == CloseReason.Cause.PEER);
        };
    }

    /** The same for another thread, with that one's stack. */
    QuicException again() {
        return new QuicException(getMessage(), this, code, applicationError, remote);
    }

    /** The error code that was sent, or {@link #NO_CODE}. */
    public final long code() {
        return code;
    }

    /**
     * What the code is called: {@code FLOW_CONTROL_ERROR}, {@code CRYPTO_ERROR(bad_certificate)},
     * {@code application error 0x7}; "none" where there is no code.
     */
    public final String codeName() {
        return ErrorNames.of(code, applicationError);
    }

    /** Whether the code is the application's rather than the transport's. */
    public final boolean isApplicationError() {
        return applicationError;
    }

    /** Whether the peer ended it; else this side did. */
    public final boolean isRemote() {
        return remote;
    }
}
