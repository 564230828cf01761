package dev.tern.crypto.identity;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Says in a sentence what went wrong with a file. */
final class FileErrors {
    private FileErrors() {}

    /** The JDK's own messages are often no more than the file's name. */
    static IOException sentence(String action, Path file, IOException cause) {
        String reason =
                switch (cause) {
                    case NoSuchFileException e -> "no such file or folder";
                    case AccessDeniedException e -> "permission denied";
                    case FileSystemException e when e.getReason() != null -> e.getReason();
                    default -> cause.getMessage();
                };
        return new IOException(action + file + ": " + reason, cause);
    }
}
