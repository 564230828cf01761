package dev.tern.peer.transfer;

import java.nio.file.Files;
import java.nio.file.Path;

/** Turns a name that a stranger chose into one that may be created in a folder, and is free. */
final class SafeName {
    private static final int MAX_CHARACTERS = 120;
    private static final int MAX_COPIES = 1000;

    private SafeName() {}

    /** The last part of the name, without anything that could leave the folder or hide. */
    static String clean(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String plain =
                last.replaceAll("[\\p{Cntrl}<>:\"|?*]", "_").replaceAll("^[. ]+", "").strip();
        String bounded =
                plain.length() > MAX_CHARACTERS
                        ? plain.substring(plain.length() - MAX_CHARACTERS)
                        : plain;
        return bounded.isEmpty() ? "file" : bounded;
    }

    /** A path in the folder that does not exist: the name, or the name with a number. */
    static Path free(Path folder, String name) throws TransferException {
        Path path = folder.resolve(name);
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String extension = dot > 0 ? name.substring(dot) : "";
        for (int copy = 1; Files.exists(path); copy++) {
            if (copy > MAX_COPIES) {
                throw new TransferException(
                        "there are too many files called " + name + " in " + folder);
            }
            path = folder.resolve(stem + " (" + copy + ")" + extension);
        }
        return path;
    }
}
