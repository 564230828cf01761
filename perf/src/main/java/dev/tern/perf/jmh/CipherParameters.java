package dev.tern.perf.jmh;

import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** Has the cipher benchmarks measure all that this machine can do, and C beside it. */
public final class CipherParameters {
    private CipherParameters() {}

    /** Prepares what the benchmarks need; says on standard error what is left out. */
    public static void addTo(
            ChainedOptionsBuilder options, Collection<BenchmarkListEntry> benchmarks)
            throws IOException {
        if (declare(benchmarks, PacketCipher.OPEN_PARAMETER)) {
            options.param(PacketCipher.OPEN_PARAMETER, measurable(false));
        }
        if (declare(benchmarks, PacketCipher.PARAMETER)) {
            Path folder = Files.createTempDirectory("tern-yardstick");
            String argument = YardstickBuild.in(folder);
            deleteAtExit(folder.toFile());
            if (argument == null) {
                System.err.println(
                        "jmh: libcrypto from C is left out: cc or OpenSSL's headers are missing"
                                + " (on Debian: apt install gcc libssl-dev)");
            } else {
                options.jvmArgsAppend(argument);
            }
            options.param(PacketCipher.PARAMETER, measurable(argument != null));
        }
    }

    private static boolean declare(Collection<BenchmarkListEntry> benchmarks, String parameter) {
        return benchmarks.stream()
                .anyMatch(
                        entry ->
                                entry.getParams().hasValue()
                                        && entry.getParams().get().containsKey(parameter));
    }

    private static String[] measurable(boolean yardstick) {
        return PacketCipher.measurable(yardstick).toArray(String[]::new);
    }

    private static void deleteAtExit(File folder) {
        folder.deleteOnExit();
        for (File file : folder.listFiles()) {
            file.deleteOnExit();
        }
    }
}
