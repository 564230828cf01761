package dev.tern.peer.interop;

import dev.tern.quic.io.QlogFolder;
import dev.tern.quic.observe.ObserverFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What the interop runner says by environment variables, where no option says otherwise. */
final class RunnerDefaults {
    private RunnerDefaults() {}

    static String testCase(String option) {
        return orVariable(option, "TESTCASE", TestCase.TRANSFER.toString());
    }

    static Path keyLog(Path option) {
        String file = orVariable(option == null ? null : option.toString(), "SSLKEYLOGFILE", "");
        return file.isEmpty() ? null : Path.of(file);
    }

    /** Writes qlog files into that folder, or nowhere if there is none. */
    static ObserverFactory observers(Path option) throws IOException {
        String folder = orVariable(option == null ? null : option.toString(), "QLOGDIR", "");
        return folder.isEmpty() ? ObserverFactory.NONE : new QlogFolder(Path.of(folder));
    }

    static List<String> requests(List<String> options) {
        return options.isEmpty()
                ? List.of(orVariable(null, "REQUESTS", "").strip().split("\\s+"))
                : options;
    }

    /** The runner's certificates are made afresh each time, and its names resolve in it alone. */
    static boolean isRunner() {
        return "client".equals(System.getenv("ROLE"));
    }

    /** The runner ends programs by a signal; their qlog files shall be whole even so. */
    static void whenStopped(Runnable... steps) {
        Thread closing = Thread.ofPlatform().unstarted(() -> List.of(steps).forEach(Runnable::run));
        Runtime.getRuntime().addShutdownHook(closing);
    }

    private static String orVariable(String option, String variable, String otherwise) {
        if (option != null) {
            return option;
        }
        String value = System.getenv(variable);
        return value == null || value.isBlank() ? otherwise : value;
    }
}
