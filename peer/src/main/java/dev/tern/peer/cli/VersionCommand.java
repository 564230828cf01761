package dev.tern.peer.cli;

import dev.tern.crypto.aead.AeadAlgorithm;
import dev.tern.crypto.aead.AeadChoice;
import dev.tern.crypto.aead.AeadProvider;
import dev.tern.crypto.aead.AeadProviders;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** {@code tern version}. */
@Command(
        name = "version",
        description = "Show the version of Tern and of Java.",
        mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {
    /** What {@code tern --version} prints, too. */
    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Tern.class.getPackage().getImplementationVersion();
            return new String[] {
                "tern " + (version == null ? "(not packaged)" : version),
                "Java "
                        + Runtime.version()
                        + " ("
                        + System.getProperty("java.vendor")
                        + "), "
                        + System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.arch")
            };
        }
    }

    @Option(
            names = "--verbose",
            description = "Also show which libraries encrypt packets, and why these.")
    private boolean verbose;

    @Override
    public Integer call() {
        for (String line : new Provider().getVersion()) {
            System.out.println(line);
        }
        if (verbose) {
            for (AeadAlgorithm algorithm : AeadAlgorithm.values()) {
                show(AeadProviders.choice(algorithm));
            }
        }
        return 0;
    }

    private static void show(AeadChoice choice) {
        AeadProvider provider = choice.provider();
        System.out.println(
                choice.algorithm()
                        + ": "
                        + provider.name()
                        + " ("
                        + provider.description()
                        + "), "
                        + choice.reason());
        for (String passedOver : choice.passedOver()) {
            System.out.println("  not " + passedOver);
        }
    }
}
