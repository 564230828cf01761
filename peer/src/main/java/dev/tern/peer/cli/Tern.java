package dev.tern.peer.cli;

import dev.tern.crypto.aead.UnavailableException;
import dev.tern.peer.demo.DemoCommand;
import dev.tern.peer.demo.DemoPeerCommand;
import dev.tern.peer.inspect.InspectCommand;
import dev.tern.peer.interop.InteropCommand;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutionException;

/** The program's entry point. */
@Command(
        name = "tern",
        description =
                "QUIC for peers that move: one encrypted connection that survives a change of network.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class,
        subcommands = {
            DemoCommand.class,
            SendCommand.class,
            ReceiveCommand.class,
            RelayCommand.class,
            IdCommand.class,
            InspectCommand.class,
            InteropCommand.class,
            VersionCommand.class,
            DemoPeerCommand.class
        })
public final class Tern implements Runnable {
    private static final int USAGE_EXIT_CODE = 2;
    private static final int FAILURE_EXIT_CODE = 1;

    @Spec private CommandSpec spec;

    public static void main(String[] args) {
        // Scripts read what is printed; without this the platform's charset decides.
        System.setOut(new PrintStream(System.out, true, StandardCharsets.UTF_8));
        System.exit(commandLine().execute(args));
    }

    /** The whole command line, with the subcommands that other modules bring. */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Tern());
        ServiceLoader.load(Subcommand.class).forEach(commandLine::addSubcommand);
        commandLine.setExecutionExceptionHandler((e, command, parsed) -> report(e, command));
        commandLine.setParameterExceptionHandler((e, args) -> reportUsage(e));
        return commandLine;
    }

    /** Without a subcommand: says what there is. */
    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }

    private static int report(Exception thrown, CommandLine command) {
        Throwable e =
                thrown instanceof ExecutionException && thrown.getCause() != null
                        ? thrown.getCause()
                        : thrown;
        String name = command.getCommandSpec().qualifiedName();
        if (e instanceof UserError
                || e instanceof UnavailableException
                || e instanceof IOException
                || e instanceof IllegalArgumentException) {
            System.err.println(name + ": " + e.getMessage());
        } else {
            System.err.println(name + ": unexpected failure; please report this");
            e.printStackTrace();
        }
        return FAILURE_EXIT_CODE;
    }

    private static int reportUsage(ParameterException e) {
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        String message = e.getMessage().lines().findFirst().orElse("wrong arguments");
        System.err.println(name + ": " + message + "; see " + name + " --help");
        return USAGE_EXIT_CODE;
    }
}
