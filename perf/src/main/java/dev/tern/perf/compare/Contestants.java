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

    static List<Contestant> of(Measure measure) {
        return switch (measure) {
            case BULK -> bulk();
            case HANDSHAKES ->
                    List.of(
                            exchange("tern-linux", "tern-handshakes", "-Dtern.udp=linux"),
                            exchange("tern-nio", "tern-handshakes", "-Dtern.udp=nio"),
                            netty("netty-handshakes", true));
            case ECHO ->
                    List.of(
                            exchange("tern-linux", "tern-echo", "-Dtern.udp=linux"),
                            exchange("tern-linux-blocking", "tern-ping", "-Dtern.udp=linux"),
                            exchange("tern-nio", "tern-echo", "-Dtern.udp=nio"),
                            exchange("tern-nio-blocking", "tern-ping", "-Dtern.udp=nio"),
                            netty("netty-echo", true));
        };
    }

    private static List<Contestant> bulk() {
        return List.of(
                own("tern-linux", "tern", "-Dtern.udp=linux"),
                own("tern-linux-jdk", "tern", "-Dtern.udp=linux", "-Dtern.aead=jdk"),
                own("tern-nio", "tern", "-Dtern.udp=nio"),
                netty("netty-quic", false),
                new JavaContestant("kwik", "kwik", List.of(), "kwik-", false),
                new Ngtcp2(),
                new QuicGo(),
                own("tcp-tls", "tcp-tls"),
                own("tcp", "tcp"));
    }

    private static Contestant own(String name, String stack, String... flags) {
        return new JavaContestant(name, stack, List.of(flags), null, false);
    }

    private static Contestant exchange(String name, String stack, String... flags) {
        return new JavaContestant(name, stack, List.of(flags), null, true);
    }

    private static Contestant netty(String stack, boolean issued) {
        return new JavaContestant("netty-quic", stack, NETTY, "netty-codec-native-quic-", issued);
    }
}
