package dev.tern.perf.interop.stack;

import dev.tern.perf.interop.Launch;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts main classes in processes of their own. */
final class JavaProgram {
    private JavaProgram() {}

    static Launch start(String classPath, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Each is over soon.
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(arguments);
        return new Launch(command);
    }

    static String ternClassPath() {
        return System.getProperty("java.class.path");
    }

    /**
     * The other Java stacks, which are never on Tern's own class path.
     *
     * @throws IOException if the build did not put them there
     */
    static String peersClassPath(String jarPrefix) throws IOException {
        Path peers = ternLibraries().resolveSibling("peers");
        if (!hasJar(peers, jarPrefix)) {
            throw new IOException("no " + jarPrefix + "*.jar in " + peers);
        }
        return peers + File.separator + "*" + File.pathSeparator + ternClassPath();
    }

    /** What follows the prefix in the name of the stack's jar. */
    static String version(String jarPrefix) throws IOException {
        try (var files = Files.list(ternLibraries().resolveSibling("peers"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(jarPrefix))
                    .map(name -> name.substring(jarPrefix.length()).replaceAll("[-.a-zA-Z_]*$", ""))
                    .map(name -> name.replaceAll("(\\.Final)?-linux.*|\\.jar", ""))
                    .findFirst()
                    .orElse("");
        }
    }

    private static boolean hasJar(Path folder, String prefix) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (var files = Files.list(folder)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith(prefix));
        }
    }

    private static Path ternLibraries() throws IOException {
        try {
            return Path.of(
                            JavaProgram.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
