package dev.tern.crypto.tls;

import java.util.Arrays;

/** TLS 1.3's exporter (RFC 8446 §7.5). */
final class TlsExporter {
    private final PrfHash hash;
    private final byte[] exporterSecret;

    TlsExporter(PrfHash hash, byte[] exporterSecret) {
        this.hash = hash;
        this.exporterSecret = exporterSecret;
    }

    byte[] export(String label, byte[] context, int length) {
        byte[] derived = hash.expandLabel(exporterSecret, label, hash.digest(new byte[0]));
        return hash.expandLabel(derived, "exporter", hash.digest(context), length);
    }

    void destroy() {
        Arrays.fill(exporterSecret, (byte) 0);
    }
}
