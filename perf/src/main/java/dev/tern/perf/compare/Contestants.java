package dev.tern.perf.compare;

import java.util.List;

/** Who takes part, in the order of the table. */
final class Contestants {
    /** Netty does without its fast paths unless these are allowed. */
    private static final List<String> NETTY =
            List.of(
                    "--sun-misc-unsafe-memory-access=allow",
                    "--add-opens=java.base/java.nio=ALL-UNNAMED",
                    "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                    "-Dio.netty.noUnsafe=false",
                    "-Dio.netty.tryReflectionSetAccessible=true");

    private Contestants() {}

    static List<Contestant> all() {
        return List.of(
                own("tern-linux", "tern", "-Dtern.udp=linux"),
                own("tern-linux-jdk", "tern", "-Dtern.udp=linux", "-Dtern.aead=jdk"),
                own("tern-nio", "tern", "-Dtern.udp=nio"),
                new JavaContestant("netty-quic", "netty-quic", NETTY, "netty-codec-native-quic-"),
                new JavaContestant("kwik", "kwik", List.of(), "kwik-"),
                new Ngtcp2(),
                new QuicGo(),
                own("tcp-tls", "tcp-tls"),
                own("tcp", "tcp"));
    }

    private static Contestant own(String name, String stack, String... flags) {
        return new JavaContestant(name, stack, List.of(flags), null);
    }
}
