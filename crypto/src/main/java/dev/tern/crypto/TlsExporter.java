package dev.tern.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** TLS 1.3's exporter (RFC 8446 §7.5). */
final class TlsExporter {
    private final byte[] exporterSecret;

    TlsExporter(byte[] exporterSecret) {
        this.exporterSecret = exporterSecret;
    }

    byte[] export(String label, byte[] context, int length) {
        byte[] derived =
                Hkdf.expandLabel(exporterSecret, label, sha256(new byte[0]), HmacSha256.MAC_BYTES);
        return Hkdf.expandLabel(derived, "exporter", sha256(context), length);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
