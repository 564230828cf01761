package dev.tern.crypto.aead;

/** A provider cannot be used on this machine. The message says why, and what would help. */
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnavailableException(String message) {
        super(message);
    }
}
