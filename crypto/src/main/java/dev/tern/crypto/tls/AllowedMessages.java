package dev.tern.crypto.tls;

import org.bouncycastle.tls.HandshakeType;

/**
 * Which messages may come at all. BouncyCastle knows those of older versions of TLS as well, and
 * does some of what they ask for.
 */
final class AllowedMessages {
    private AllowedMessages() {}

    /**
     * Refuses what TLS 1.3 has not, what QUIC has its own means for (KeyUpdate, RFC 9001 §6;
     * EndOfEarlyData, RFC 9001 §8.3), and after the handshake all but a server's tickets.
     */
    static void check(byte[] message, boolean fromServer, boolean afterHandshake) {
        boolean allowed =
                switch (message[0]) {
                    case HandshakeType.client_hello -> !fromServer && !afterHandshake;
                    case HandshakeType.server_hello,
                            HandshakeType.encrypted_extensions,
                            HandshakeType.certificate_request ->
                            fromServer && !afterHandshake;
                    case HandshakeType.certificate,
                            HandshakeType.certificate_verify,
                            HandshakeType.finished ->
                            !afterHandshake;
                    case HandshakeType.new_session_ticket -> fromServer && afterHandshake;
                    default -> false;
                };
        if (!allowed) {
            throw new TlsAlertException(
                    TlsAlert.UNEXPECTED_MESSAGE,
                    "TLS message of type " + (message[0] & 0xff) + " has no place here");
        }
    }
}
