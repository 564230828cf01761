package dev.tern.perf.interop.stack;

import dev.tern.perf.interop.Launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts main classes in processes of their own. */
final class JavaProgram {
    private JavaProgram() {}

    /** Tern's own command. */
    static Launch tern(List<String> arguments) {
        String cache = System.getProperty("tern.aot");
        return start(
                cache == null ? List.of() : List.of("-XX:AOTCache=" + cache),
                ternClassPath(),
                "dev.tern.peer.cli.Tern",
                arguments);
    }

    static Launch start(
            List<String> flags, String classPath, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Each is over soon.
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(arguments);
        return new Launch(command);
    }

    static String ternClassPath() {
        return System.getProperty("java.class.path");
    }
}
