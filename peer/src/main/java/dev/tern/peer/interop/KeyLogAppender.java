package dev.tern.peer.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** Appends the secrets of connections to a file, for a packet analyser. */
final class KeyLogAppender implements Consumer<String> {
    private final Path file;

    private KeyLogAppender(Path file) {
        this.file = file;
    }

    /** To that file, or nowhere if that is null. */
    static Consumer<String> to(Path file) {
        return file == null ? null : new KeyLogAppender(file);
    }

    @Override
    public synchronized void accept(String line) {
        try {
            Files.writeString(
                    file,
                    line + "\n",
                    StandardCharsets.US_ASCII,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the key log " + file, e);
        }
    }
}
