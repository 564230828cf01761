package dev.tern.quic.connection;

import dev.tern.quic.path.Path;
import dev.tern.quic.wire.PreferredAddress;

import java.net.Inet4Address;
import java.net.InetSocketAddress;

/**
 * At a client: goes on at the address that the server prefers, once that has answered there (RFC
 * 9000 §9.6). If it does not answer, all stays as it is. Owned by one agent; not thread-safe.
 */
final class PreferredAddressMove {
    /** As long as an application's own probes of a new address. */
    private static final long PROBE_DURATION_NS = 3_000_000_000L;

    private InetSocketAddress wanted;

    /** The server's parameters have come, by this path. */
    void onParameters(PreferredAddress preferred, Path path) {
        if (preferred != null) {
            wanted =
                    path.local().getAddress() instanceof Inet4Address
                            ? preferred.ipv4()
                            : preferred.ipv6();
        }
    }

    /** The handshake is confirmed: other paths may be probed. */
    void onConfirmed(Connection connection, long nowNs) {
        if (wanted != null) {
            Path current = connection.currentPath();
            connection.probe(
                    current.local(), wanted, current.rtt().ptoNs(0), PROBE_DURATION_NS, nowNs);
        }
    }

    void onPathValidated(Connection connection, Path path, long nowNs) {
        if (path.remote().equals(wanted)) {
            wanted = null;
            connection.useNow(path, nowNs);
        }
    }
}
