package dev.tern.perf.jmh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Builds the yardstick, which needs a C compiler and OpenSSL's headers; it is left out where they
 * are missing.
 */
final class YardstickBuild {
    private static final String SOURCE = "evp_yardstick.c";

    private YardstickBuild() {}

    /**
     * Builds the yardstick in a folder.
     *
     * @return the JVM argument by which benchmarks find it, or null where it cannot be built
     */
    static String in(Path folder) {
        Path source = folder.resolve(SOURCE);
        Path library = folder.resolve("evp_yardstick.so");
        try (InputStream resource = YardstickBuild.class.getResourceAsStream(SOURCE)) {
            Files.copy(resource, source);
            int exitCode =
                    new ProcessBuilder(
                                    List.of(
                                            "cc",
                                            "-O2",
                                            "-shared",
                                            "-fPIC",
                                            "-o",
                                            library.toString(),
                                            source.toString(),
                                            "-lcrypto"))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor();
            return exitCode == 0 ? "-D" + EvpYardstick.PROPERTY + "=" + library : null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
