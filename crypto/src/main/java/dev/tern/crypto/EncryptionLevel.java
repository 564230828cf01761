package dev.tern.crypto;

/**
 * The encryption levels of QUIC (RFC 9001 §2.1), in the order in which a handshake reaches them.
 */
public enum EncryptionLevel {
    INITIAL,
    ZERO_RTT,
    HANDSHAKE,
    ONE_RTT
}
