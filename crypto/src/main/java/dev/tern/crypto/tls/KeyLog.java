package dev.tern.crypto.tls;

import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * Writes secrets as lines for SSLKEYLOGFILE, so that a packet analyser can read the connection.
 * Only for who asked for it.
 */
final class KeyLog {
    private static final HexFormat HEX = HexFormat.of();

    private final Consumer<String> lines;

    KeyLog(Consumer<String> lines) {
        this.lines = lines;
    }

    void log(String label, byte[] clientRandom, byte[] secret) {
        if (lines != null) {
            lines.accept(label + " " + HEX.formatHex(clientRandom) + " " + HEX.formatHex(secret));
        }
    }
}
