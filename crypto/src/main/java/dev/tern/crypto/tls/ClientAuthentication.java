package dev.tern.crypto.tls;

/** What a server wants to know of its clients (RFC 8446 §4.3.2). */
public enum ClientAuthentication {
    /** Clients are not asked for a certificate. */
    NONE,
    /** A client that shows a certificate must pass the verifier; one without is let in. */
    OPTIONAL,
    /** No handshake without a certificate that passes the verifier. */
    REQUIRED
}
