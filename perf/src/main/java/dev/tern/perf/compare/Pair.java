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
            server.awaitTraffic(client);
            Thread.sleep((long) (warmUpSeconds * MS));
            server.signal();
            client.signal();
            Thread.sleep((long) (seconds * MS));
            server.signal();
            client.signal();
            Sample received = server.counted();
            if (received.count() == 0) {
                throw new IOException("nothing arrived while it was counted");
            }
            Sample sent = client.counted();
            return new Sample(
                    received.count(),
                    received.wallNs(),
                    received.cpuNs() + sent.cpuNs(),
                    sent.medianNs());
        }
    }
}
