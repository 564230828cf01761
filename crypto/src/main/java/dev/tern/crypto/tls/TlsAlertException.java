package dev.tern.crypto.tls;

/**
 * The handshake failed. The connection closes with error {@code 0x0100 + alert} (RFC 9001 §4.8).
 */
public final class TlsAlertException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int alert;

    /**
     * An alert to be sent.
     *
     * @param alert one of {@link TlsAlert}, or another number of RFC 8446 §6
     * @param message what happened
     */
    public TlsAlertException(int alert, String message) {
        // Hostile input must not buy stack traces.
        super(message, null, false, false);
        this.alert = alert;
    }

    /** The alert's number (RFC 8446 §6). */
    public int alert() {
        return alert;
    }
}
