package dev.tern.peer.interop;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tern interop}. */
@Command(
        name = "interop",
        description = {
            "Serve or download files by hq-interop or HTTP/3, to test against other QUIC stacks.",
            "Keeps to the contract of the QUIC interop runner, whose environment variables"
                    + " (TESTCASE, REQUESTS, SSLKEYLOGFILE) are the defaults."
        },
        mixinStandardHelpOptions = true,
        subcommands = {InteropServerCommand.class, InteropClientCommand.class})
public final class InteropCommand implements Runnable {
    @Spec private CommandSpec spec;

    /** Without a subcommand: says what there is. */
    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
