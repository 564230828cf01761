package dev.tern.perf.interop.stack;

import dev.tern.perf.interop.Launch;
import dev.tern.perf.interop.Scenario;
import dev.tern.perf.interop.Site;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of ours around another Java stack, which is never on Tern's own class path: {@code
 * dev.tern.perf.interop.peer} says what it is told.
 */
final class PeerProgram {
    private final String jarPrefix;
    private final String mainClass;

    /**
     * @param jarPrefix with which the name of the stack's jar begins; its version follows
     */
    PeerProgram(String jarPrefix, String mainClass) {
        this.jarPrefix = jarPrefix;
        this.mainClass = mainClass;
    }

    /**
     * The stack's version.
     *
     * @throws IOException if the build did not put the stack there
     */
    String version() throws IOException {
        Path peers = peers();
        if (Files.isDirectory(peers)) {
            try (var files = Files.list(peers)) {
                String jar =
                        files.map(file -> file.getFileName().toString())
                                .filter(name -> name.startsWith(jarPrefix))
                                .findFirst()
                                .orElse(null);
                if (jar != null) {
                    return jar.substring(jarPrefix.length())
                            .replaceAll("(\\.Final)?(-linux.*)?\\.jar$", "");
                }
            }
        }
        throw new IOException("no " + jarPrefix + "*.jar in " + peers);
    }

    Launch server(Scenario scenario, Site site, int port) throws IOException {
        return start(
                List.of(
                        "server",
                        scenario.label(),
                        Integer.toString(port),
                        site.www().toString(),
                        site.certificate().toString(),
                        site.key().toString(),
                        site.keyStore().toString()));
    }

    Launch client(Scenario scenario, int port, Path downloads, List<String> files)
            throws IOException {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "client",
                                scenario.label(),
                                Integer.toString(port),
                                downloads.toString()));
        arguments.addAll(files);
        return start(arguments);
    }

    private Launch start(List<String> arguments) throws IOException {
        String classPath =
                peers() + File.separator + "*" + File.pathSeparator + JavaProgram.ternClassPath();
        return JavaProgram.start(List.of(), classPath, mainClass, arguments);
    }

    /** The build puts them beside Tern's own libraries. */
    private static Path peers() throws IOException {
        try {
            return Path.of(
                            PeerProgram.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI())
                    .getParent()
                    .resolveSibling("peers");
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
