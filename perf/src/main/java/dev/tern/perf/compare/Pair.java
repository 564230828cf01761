package dev.tern.perf.compare;

import java.io.IOException;
import java.util.List;

/** A server and a client that are told when to count. */
final class Pair {
    private static final double MS = 1000;

    private Pair() {}

    /**
     * Runs both.
     *
     * @param command of an end, to which {@code server}, or {@code client} and the port are added
     */
    static Sample measure(List<String> command, double warmUpSeconds, double seconds)
            throws IOException, InterruptedException {
        try (EndProcess server = EndProcess.start(command, "server");
                EndProcess client =
                        EndProcess.start(command, "client", String.valueOf(server.port()))) {
            server.awaitBytes(client);
            Thread.sleep((long) (warmUpSeconds * MS));
            server.signal();
            client.signal();
            Thread.sleep((long) (seconds * MS));
            server.signal();
            client.signal();
            Sample received = server.counted();
            if (received.bytes() == 0) {
                throw new IOException("no byte arrived while it was counted");
            }
            return new Sample(
                    received.bytes(),
                    received.wallNs(),
                    received.cpuNs() + client.counted().cpuNs());
        }
    }
}
