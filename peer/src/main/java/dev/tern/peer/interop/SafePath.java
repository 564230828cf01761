package dev.tern.peer.interop;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Finds what a request names inside a folder, and nothing outside of it. */
final class SafePath {
    private SafePath() {}

    /**
     * The file that a request's path names.
     *
     * @param path with or without a slash before it
     * @return null if it names none inside the folder
     */
    static Path in(Path folder, String path) {
        try {
            Path root = folder.toAbsolutePath().normalize();
            int start = 0;
            while (start < path.length() && path.charAt(start) == '/') {
                start++;
            }
            Path file = root.resolve(path.substring(start)).normalize();
            return file.startsWith(root) && !file.equals(root) ? file : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
