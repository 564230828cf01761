package dev.tern.perf.compare;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that the build fills: {@code lib} with Tern and what it needs, beside it {@code peers}
 * with what it is compared with. There is none where Tern runs from classes instead of archives.
 */
final class Home {
    private static final Path FOLDER = find();

    private Home() {}

    private static Path find() {
        try {
            Path archive =
                    Path.of(Home.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return Files.isDirectory(archive) ? null : archive.getParent().getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean exists() {
        return FOLDER != null;
    }

    static Path folder() {
        return FOLDER;
    }

    static Path peers() {
        return FOLDER.resolve("peers");
    }

    /** Whether there is an archive whose name begins like this. */
    static boolean hasPeer(String name) throws IOException {
        if (!exists() || !Files.isDirectory(peers())) {
            return false;
        }
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(peers(), name + "*.jar")) {
            return archives.iterator().hasNext();
        }
    }
}
