package dev.tern.quic.api;

import dev.tern.quic.wire.TransportError;

/** What error codes are called (RFC 9000 §20, RFC 8446 §6). */
final class ErrorNames {
    private static final int ALERTS = 256;

    private ErrorNames() {}

    static String of(long code, boolean application) {
        if (code == QuicException.NO_CODE) {
            return "none";
        }
        if (application) {
            return "application error 0x" + Long.toHexString(code);
        }
        if (code >= TransportError.CRYPTO_ERROR && code < TransportError.CRYPTO_ERROR + ALERTS) {
            return "CRYPTO_ERROR(" + alert((int) (code - TransportError.CRYPTO_ERROR)) + ")";
        }
        return transport(code);
    }

    private static String transport(long code) {
        if (code != (int) code) {
            return "error 0x" + Long.toHexString(code);
        }
        return switch ((int) code) {
            case 0x00 -> "NO_ERROR";
            case 0x01 -> "INTERNAL_ERROR";
            case 0x02 -> "CONNECTION_REFUSED";
            case 0x03 -> "FLOW_CONTROL_ERROR";
            case 0x04 -> "STREAM_LIMIT_ERROR";
            case 0x05 -> "STREAM_STATE_ERROR";
            case 0x06 -> "FINAL_SIZE_ERROR";
            case 0x07 -> "FRAME_ENCODING_ERROR";
            case 0x08 -> "TRANSPORT_PARAMETER_ERROR";
            case 0x09 -> "CONNECTION_ID_LIMIT_ERROR";
            case 0x0a -> "PROTOCOL_VIOLATION";
            case 0x0b -> "INVALID_TOKEN";
            case 0x0c -> "APPLICATION_ERROR";
            case 0x0d -> "CRYPTO_BUFFER_EXCEEDED";
            case 0x0e -> "KEY_UPDATE_ERROR";
            case 0x0f -> "AEAD_LIMIT_REACHED";
            case 0x10 -> "NO_VIABLE_PATH";
            case 0x11 -> "VERSION_NEGOTIATION_ERROR";
            default -> "error 0x" + Long.toHexString(code);
        };
    }

    private static String alert(int alert) {
        return switch (alert) {
            case 0 -> "close_notify";
            case 10 -> "unexpected_message";
            case 20 -> "bad_record_mac";
            case 22 -> "record_overflow";
            case 40 -> "handshake_failure";
            case 42 -> "bad_certificate";
            case 43 -> "unsupported_certificate";
            case 44 -> "certificate_revoked";
            case 45 -> "certificate_expired";
            case 46 -> "certificate_unknown";
            case 47 -> "illegal_parameter";
            case 48 -> "unknown_ca";
            case 49 -> "access_denied";
            case 50 -> "decode_error";
            case 51 -> "decrypt_error";
            case 70 -> "protocol_version";
            case 71 -> "insufficient_security";
            case 80 -> "internal_error";
            case 86 -> "inappropriate_fallback";
            case 90 -> "user_canceled";
            case 109 -> "missing_extension";
            case 110 -> "unsupported_extension";
            case 112 -> "unrecognized_name";
            case 113 -> "bad_certificate_status_response";
            case 115 -> "unknown_psk_identity";
            case 116 -> "certificate_required";
            case 120 -> "no_application_protocol";
            default -> "alert " + alert;
        };
    }
}
