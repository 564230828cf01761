package dev.tern.quic.api;

import dev.tern.quic.connection.Connection;
import dev.tern.quic.path.PathCounters;

import java.util.List;

/**
 * A connection at one moment.
 *
 * @param version of QUIC that is spoken (RFC 9368)
 * @param resumed whether the session of an earlier connection goes on
 * @param earlyDataAccepted whether the server read what was sent before it had answered (0-RTT)
 * @param keyUpdates how often the keys have changed (RFC 9001 §6)
 * @param openStreams of both sides
 * @param sentBytes UDP payload on all paths, those that are forgotten, too
 * @param receivedBytes the same
 * @param sentDatagrams how many datagrams that was
 * @param receivedDatagrams how many datagrams that was
 * @param sentPackets that ask for an acknowledgement
 * @param lostPackets how many of those were lost
 * @param undoneReductions how often the window was reduced though nothing had been lost
 * @param paths every path known
 */
public record ConnectionStats(
        int version,
        boolean resumed,
        boolean earlyDataAccepted,
        int keyUpdates,
        int openStreams,
        long sentBytes,
        long receivedBytes,
        long sentDatagrams,
        long receivedDatagrams,
        long sentPackets,
        long lostPackets,
        long undoneReductions,
        List<PathStats> paths) {
    /** Keeps a copy of the list. */
    public ConnectionStats {
        paths = List.copyOf(paths);
    }

    static ConnectionStats of(Connection connection) {
        PathCounters traffic = connection.traffic();
        return new ConnectionStats(
                connection.version(),
                connection.isResumed(),
                connection.isEarlyDataAccepted(),
                connection.keyUpdates(),
                connection.streams().streamCount(),
                traffic.sentBytes(),
                traffic.receivedBytes(),
                traffic.sentDatagrams(),
                traffic.receivedDatagrams(),
                traffic.sentPackets(),
                traffic.lostPackets(),
                traffic.undoneReductions(),
                paths(connection));
    }

    static List<PathStats> paths(Connection connection) {
        return connection.paths().stream()
                .map(path -> PathStats.of(path, connection.currentPath()))
                .toList();
    }

    /** The path by which data goes: its RTT, window and MTU. */
    public PathStats primary() {
        return paths.stream().filter(PathStats::primary).findFirst().orElseThrow();
    }
}
