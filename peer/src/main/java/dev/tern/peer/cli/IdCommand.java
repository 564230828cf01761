package dev.tern.peer.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;

/** {@code tern id}. */
@Command(
        name = "id",
        description = "Show the id of this peer; its key is made on first use.",
        mixinStandardHelpOptions = true)
final class IdCommand implements Callable<Integer> {
    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The key file (default: ~/.tern/id.key).")
    private Path key;

    @Override
    public Integer call() throws IOException {
        Path file = key == null ? Keys.inHome("id.key") : key;
        System.out.println(Keys.loadOrCreate(file, new SecureRandom()).peerId());
        return 0;
    }
}
