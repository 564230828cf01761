package dev.tern.perf.interop;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What can be seen of a run when it is over.
 *
 * @param qlog the folder in which Tern wrote what it did
 */
record Evidence(boolean ternIsClient, WireWatch wire, boolean answeredAfterRebinding, Path qlog) {
    TernRecord tern() throws IOException {
        return TernRecord.read(qlog);
    }
}
