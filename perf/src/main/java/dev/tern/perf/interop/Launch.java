package dev.tern.perf.interop;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a program is started.
 *
 * @param environment what is added to this process's own
 * @param folder in which it runs; null for that of this process
 */
public record Launch(List<String> command, Map<String, String> environment, Path folder) {
    /** Keeps copies. */
    public Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** With the environment and in the folder of this process. */
    public Launch(List<String> command) {
        this(command, Map.of(), null);
    }
}
