package dev.tern.perf.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A QUIC stack whose programs serve and fetch files. */
public interface Stack {
    /**
     * Makes its programs ready.
     *
     * @param cache folder in which they may stay from one day to the next
     * @return which version it is
     * @throws IOException with a sentence for a person, if it cannot be had here
     */
    String prepare(Path cache) throws IOException;

    /** Why this cannot be tried with it in that role, or null if it can. */
    String unsupported(Scenario scenario, boolean asServer);

    Launch server(Scenario scenario, Site site, int port, Path logs) throws IOException;

    /**
     * @param downloads where it puts the files
     */
    Launch client(Scenario scenario, int port, Path downloads, List<String> files, Path logs)
            throws IOException;
}
