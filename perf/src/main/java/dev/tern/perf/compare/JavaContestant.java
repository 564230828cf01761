package dev.tern.perf.compare;

import dev.tern.perf.compare.end.Issued;
import dev.tern.quic.io.UdpTransports;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * A stack that runs in JVMs.
 *
 * @param stack as {@link dev.tern.perf.compare.end.EndMain} calls it
 * @param flags for its JVMs, beside those that all get
 * @param library how the file name of its library begins, or null for Tern's own class path
 * @param issued whether its server shows a certificate of an authority, which its client verifies
 */
record JavaContestant(String name, String stack, List<String> flags, String library, boolean issued)
        implements Contestant {
    private static final String MAIN = "dev.tern.perf.compare.end.EndMain";

    @Override
    public String unavailable() throws IOException {
        if (flags.contains("-Dtern.udp=linux")) {
            try {
                UdpTransports.choose("linux");
            } catch (IllegalArgumentException e) {
                return e.getMessage();
            }
        }
        return library == null || Home.hasPeer(library)
                ? null
                : "no " + library + "*.jar for this system; the launcher `tern` fetches it";
    }

    @Override
    public Sample measure(double warmUpSeconds, double seconds)
            throws IOException, InterruptedException {
        List<String> command = command();
        if (!issued) {
            return Pair.measure(command, warmUpSeconds, seconds);
        }
        Path folder = Files.createTempDirectory("tern-compare");
        try {
            Issued.write(folder);
            command.add(folder.toString());
            return Pair.measure(command, warmUpSeconds, seconds);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot make a certificate: " + e.getMessage(), e);
        } finally {
            Issued.delete(folder);
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Two processes on few processors: collectors with threads of their own are in the way.
        command.add("-XX:+UseSerialGC");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        command.addAll(flags);
        command.add("-cp");
        command.add(classPath());
        command.add(MAIN);
        command.add(stack);
        return command;
    }

    private String classPath() {
        String own = System.getProperty("java.class.path");
        return library == null ? own : own + File.pathSeparator + Home.peers().resolve("*");
    }
}
