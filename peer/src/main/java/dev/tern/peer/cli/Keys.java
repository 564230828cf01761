package dev.tern.peer.cli;

import dev.tern.crypto.identity.PeerIdentity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Where a user's keys are: files in {@code ~/.tern}, or where {@code TERN_HOME} points. */
final class Keys {
    private Keys() {}

    static Path inHome(String name) {
        String home = System.getenv("TERN_HOME");
        Path folder =
                home == null ? Path.of(System.getProperty("user.home"), ".tern") : Path.of(home);
        return folder.resolve(name);
    }

    /** The identity in a file, which is made if there is none. */
    static PeerIdentity loadOrCreate(Path file, SecureRandom random) throws IOException {
        if (Files.exists(file)) {
            return PeerIdentity.load(file);
        }
        Path folder = file.toAbsolutePath().getParent();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UserError(
                    "cannot create the folder "
                            + folder
                            + " for the key; choose a file with --key");
        }
        PeerIdentity identity = PeerIdentity.generate(random);
        identity.save(file);
        return identity;
    }
}
