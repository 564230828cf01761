package dev.tern.quic.connection;

import java.nio.charset.StandardCharsets;

/** A peer's reason phrase, made fit to be shown: bounded, and without control characters. */
final class ReasonPhrase {
    private static final int MAX_BYTES = 256;

    private ReasonPhrase() {}

    static String read(byte[] buffer, int offset, int length) {
        String text =
                new String(buffer, offset, Math.min(length, MAX_BYTES), StandardCharsets.UTF_8);
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
