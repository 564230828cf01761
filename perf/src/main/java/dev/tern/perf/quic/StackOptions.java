package dev.tern.perf.quic;

import dev.tern.crypto.aead.AeadAlgorithm;
import dev.tern.crypto.aead.AeadProvider;
import dev.tern.crypto.aead.AeadProviders;
import dev.tern.crypto.tls.NamedGroup;
import dev.tern.crypto.tls.TlsConfigBuilder;
import dev.tern.peer.cli.UserError;
import dev.tern.quic.congestion.CongestionController;
import dev.tern.quic.congestion.Cubic;
import dev.tern.quic.congestion.NewReno;
import dev.tern.quic.congestion.bbr.Bbr;
import dev.tern.quic.connection.ConnectionConfigBuilder;
import dev.tern.quic.connection.Transmit;
import dev.tern.quic.io.TransportFactory;
import dev.tern.quic.io.UdpTransports;
import dev.tern.quic.path.Path;

import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** What both ends are made of. */
final class StackOptions {
    private static final String JDK = "jdk";
    private static final String NATIVE = "native";
    private static final long SEED = 1;

    /** What streams begin with, and what no limit takes from them. */
    private static final int FIRST_WINDOW_BYTES = 1 << 20;

    @Option(
            names = "--transport",
            paramLabel = "KIND",
            description = "Sockets: nio or linux (default: the best that works here).")
    private String transport;

    @Option(
            names = "--aead",
            paramLabel = "KIND",
            description = "Ciphers: jdk or native (default: native, if there are some).")
    private String aead;

    @Option(
            names = "--cc",
            paramLabel = "NAME",
            defaultValue = "cubic",
            description = "Congestion control: cubic, newreno or bbr (default: ${DEFAULT-VALUE}).")
    private String congestion;

    @Option(
            names = "--mtu",
            paramLabel = "BYTES",
            description = "The largest datagram, from 1200 to 2048 (default: 1452).")
    private Integer mtu;

    @Option(
            names = "--window",
            paramLabel = "BYTES",
            description =
                    "How far each stream's window and send buffer grow, from 1048576 on (default: 8388608).")
    private Integer window;

    @Option(
            names = "--group",
            paramLabel = "NAME",
            defaultValue = "hybrid",
            description = "Key exchange: hybrid (X25519MLKEM768) or x25519 (default: hybrid).")
    private String group;

    /** The same for the other end. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("--cc", congestion, "--group", group));
        if (transport != null) {
            arguments.addAll(List.of("--transport", transport));
        }
        if (aead != null) {
            arguments.addAll(List.of("--aead", aead));
        }
        if (mtu != null) {
            arguments.addAll(List.of("--mtu", mtu.toString()));
        }
        if (window != null) {
            arguments.addAll(List.of("--window", window.toString()));
        }
        return arguments;
    }

    TransportFactory transports() {
        return transport == null ? UdpTransports.chosen() : UdpTransports.choose(transport);
    }

    void apply(TlsConfigBuilder tls) {
        if (aead != null) {
            applyAead(tls);
        }
        tls.groups(
                switch (group) {
                    case "hybrid" -> NamedGroup.HYBRID_FIRST;
                    case "x25519" -> NamedGroup.CLASSIC;
                    default -> throw new UserError("--group must be hybrid or x25519");
                });
    }

    private void applyAead(TlsConfigBuilder tls) {
        switch (aead) {
            case JDK -> tls.aead(jdk());
            case NATIVE -> {
                // They are what is chosen anyway, where there are some.
                if (AeadProviders.choice(AeadAlgorithm.AES_128_GCM).provider().name().equals(JDK)) {
                    throw new UserError("there are no native ciphers on this machine");
                }
            }
            default -> throw new UserError("--aead must be jdk or native");
        }
    }

    private static AeadProvider jdk() {
        return AeadProviders.usable().stream()
                .filter(provider -> provider.name().equals(JDK))
                .findFirst()
                .orElseThrow();
    }

    void apply(ConnectionConfigBuilder connections) {
        connections.congestion(controllers());
        if (mtu != null) {
            if (mtu < Path.MIN_DATAGRAM_BYTES || mtu > Transmit.CAPACITY_BYTES) {
                throw new UserError(
                        "--mtu must be from %d to %d"
                                .formatted(Path.MIN_DATAGRAM_BYTES, Transmit.CAPACITY_BYTES));
            }
            connections.maxUdpPayload(mtu);
        }
        if (window != null) {
            if (window < FIRST_WINDOW_BYTES) {
                throw new UserError("--window must be at least " + FIRST_WINDOW_BYTES);
            }
            connections.maxWindows(window, 2L * window); // the same ratio as without
        }
    }

    private Supplier<CongestionController> controllers() {
        return switch (congestion) {
            case "cubic" -> () -> new Cubic(Path.MIN_DATAGRAM_BYTES);
            case "newreno" -> () -> new NewReno(Path.MIN_DATAGRAM_BYTES);
            case "bbr" -> () -> new Bbr(Path.MIN_DATAGRAM_BYTES, new SplittableRandom(SEED));
            default -> throw new UserError("--cc must be cubic, newreno or bbr");
        };
    }
}
