package dev.tern.quic.connection;

import dev.tern.quic.stream.Stream;

/** A stream from client to server that always has more to send. */
final class BulkFlow {
    private static final long MS = TestPeers.MS;
    private static final byte[] BYTES = new byte[1 << 16];

    private final TestPeers peers;
    private final Stream stream;
    private long receivedBefore;
    private long measuredSinceNs;

    /**
     * @param unusedStreams before its own, so that flows of several connections have different IDs
     */
    BulkFlow(TestPeers peers, Connection connection, int unusedStreams) {
        this.peers = peers;
        for (int i = 0; i < unusedStreams; i++) {
            connection.streams().open(false);
        }
        for (int i = 0; i < unusedStreams; i++) {
            connection.streams().open(true);
        }
        stream = connection.streams().open(true);
        pump();
    }

    private void pump() {
        while (stream.send().write(BYTES, 0, BYTES.length) == BYTES.length) {}
        peers.flush();
        peers.world.at(peers.world.nowNs() + 5 * MS, this::pump);
    }

    BulkFlow measure() {
        receivedBefore = received();
        measuredSinceNs = peers.world.nowNs();
        return this;
    }

    double megabitsPerSecond() {
        return (received() - receivedBefore) * 8e3 / (peers.world.nowNs() - measuredSinceNs);
    }

    private long received() {
        var bytes = peers.serverEvents.received.get(stream.id());
        return bytes == null ? 0 : bytes.size();
    }
}
