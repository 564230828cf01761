package dev.tern.crypto;

/**
 * The peer broke a rule of key update: the connection closes with KEY_UPDATE_ERROR (RFC 9001 §6.2,
 * §6.4).
 */
public final class KeyUpdateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeyUpdateException(String message) {
        super(message);
    }
}
