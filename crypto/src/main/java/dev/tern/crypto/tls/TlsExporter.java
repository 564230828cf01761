package dev.tern.crypto.tls;

import dev.tern.crypto.HashFunction;
import dev.tern.crypto.Hkdf;

import java.util.Arrays;

/** TLS 1.3's exporter (RFC 8446 §7.5). */
final class TlsExporter {
    private final HashFunction hash;
    private final byte[] exporterSecret;

    TlsExporter(HashFunction hash, byte[] exporterSecret) {
        this.hash = hash;
        this.exporterSecret = exporterSecret;
    }

    byte[] export(String label, byte[] context, int length) {
        byte[] emptyHash = hash.digest(new byte[0]);
        byte[] derived = Hkdf.expandLabel(hash, exporterSecret, label, emptyHash, hash.bytes());
        return Hkdf.expandLabel(hash, derived, "exporter", hash.digest(context), length);
    }

    void destroy() {
        Arrays.fill(exporterSecret, (byte) 0);
    }
}
