package dev.tern.peer.interop;

import dev.tern.peer.interop.io.RebindingSockets;
import dev.tern.quic.api.QuicConnection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes of address that a client makes, or that a NAT would make, when so many bytes have come.
 */
final class Moves {
    private record Move(long afterBytes, Runnable action) {}

    private final RebindingSockets sockets = new RebindingSockets();
    private final List<Move> pending = new ArrayList<>();
    private long receivedBytes;

    RebindingSockets sockets() {
        return sockets;
    }

    /** Behind the connection's back: to that address, or, for null, to another port. */
    synchronized void rebindAfter(long bytes, InetAddress address) {
        pending.add(new Move(bytes, () -> rebind(address)));
    }

    private void rebind(InetAddress address) {
        try {
            sockets.rebind(address);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** By the connection's own will: to another port, from wherever the system's routes lead. */
    synchronized void migrateAfter(long bytes, QuicConnection connection) {
        boolean ipv4 = connection.remoteAddress().getAddress() instanceof Inet4Address;
        InetSocketAddress anyPort = new InetSocketAddress(ipv4 ? "0.0.0.0" : "::", 0);
        pending.add(
                new Move(
                        bytes,
                        () ->
                                connection
                                        .addLocalAddress(anyPort)
                                        .thenCompose(path -> connection.usePath(path.local()))
                                        .join()));
    }

    void onBytes(int count) {
        List<Move> due = new ArrayList<>();
        synchronized (this) {
            receivedBytes += count;
            pending.removeIf(move -> receivedBytes >= move.afterBytes() && due.add(move));
        }
        due.forEach(move -> move.action().run());
    }

    /** Whether some move never came about, for there were too few bytes. */
    synchronized boolean isAnyLeft() {
        return !pending.isEmpty();
    }
}
