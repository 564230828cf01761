package dev.tern.perf;

import dev.tern.peer.cli.Subcommand;
import dev.tern.perf.compare.CompareCommand;
import dev.tern.perf.quic.HandshakesCommand;
import dev.tern.perf.quic.IdleCommand;
import dev.tern.perf.quic.LatencyCommand;
import dev.tern.perf.quic.ServerCommand;
import dev.tern.perf.quic.ThroughputCommand;
import dev.tern.perf.soak.SoakCommand;
import dev.tern.perf.udp.UdpCommand;
import dev.tern.perf.udp.UdpEndCommand;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tern perf}: what measures Tern. Each kind of measurement is a subcommand. */
@Command(
        name = "perf",
        description = "Measure Tern.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ServerCommand.class,
            ThroughputCommand.class,
            LatencyCommand.class,
            HandshakesCommand.class,
            IdleCommand.class,
            UdpCommand.class,
            UdpEndCommand.class,
            SoakCommand.class,
            JmhCommand.class,
            CompareCommand.class
        })
public final class PerfCommand implements Subcommand {
    @Spec private CommandSpec spec;

    /** Without a subcommand: says what there is. */
    @Override
    public Integer call() {
        spec.commandLine().usage(System.out);
        return 0;
    }
}
