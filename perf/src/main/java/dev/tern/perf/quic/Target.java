package dev.tern.perf.quic;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * The server of a measurement.
 *
 * @param process null if it is not ours
 */
record Target(InetSocketAddress address, ServerProcess process) implements AutoCloseable {
    /** What the server has done, or null if it does not say. */
    Sample sample() throws IOException {
        return process == null ? null : process.sample();
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
