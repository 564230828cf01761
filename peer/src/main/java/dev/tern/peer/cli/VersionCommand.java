package dev.tern.peer.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

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

    @Override
    public Integer call() {
        for (String line : new Provider().getVersion()) {
            System.out.println(line);
        }
        return 0;
    }
}
