package dev.tern.crypto;

import org.bouncycastle.tls.HandshakeType;

/** TLS messages that QUIC has its own means for. */
final class ForbiddenMessages {
    private ForbiddenMessages() {}

    /** Refuses KeyUpdate (RFC 9001 §6) and EndOfEarlyData (RFC 9001 §8.3). */
    static void check(byte[] message) {
        int type = message[0];
        if (type == HandshakeType.key_update || type == HandshakeType.end_of_early_data) {
            throw new TlsAlertException(
                    TlsAlert.UNEXPECTED_MESSAGE,
                    "TLS message of type " + type + " in a QUIC handshake");
        }
    }
}
