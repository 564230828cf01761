package dev.tern.quic.api;

/** The server speaks none of the versions of QUIC that it was offered (RFC 9000 §6). */
public final class VersionRefusedException extends QuicException {
    private static final long serialVersionUID = 1L;

    VersionRefusedException(String message, Throwable cause) {
        super(message, cause, NO_CODE, false, true);
    }

    @Override
    VersionRefusedException again() {
        return new VersionRefusedException(getMessage(), this);
    }
}
