package dev.tern.quic.api;

import dev.tern.quic.connection.Connection;
import dev.tern.quic.path.Path;
import dev.tern.quic.path.SwitchReason;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Which local addresses a connection may send from, and which of them it does: new ones are probed
 * and wait, the application or a failure of the current one brings them into use (RFC 9000 §9).
 * Against any peer that issues connection IDs. Owned by one agent; not thread-safe.
 */
final class AddressControl {
    /** One lost packet is no failure; two probe timeouts in a row are as a rule. */
    private static final int SWITCH_AFTER_PROBE_TIMEOUTS = 2;

    /** Long enough for a network that wakes up slowly, short enough for a person. */
    private static final long PROBE_DURATION_NS = 3_000_000_000L;

    private static final int PROBE_PTOS = 6;

    private final Connection connection;
    private final Set<InetSocketAddress> added = new LinkedHashSet<>();
    private final Map<InetSocketAddress, CompletableFuture<PathStats>> waiting =
            new LinkedHashMap<>();

    AddressControl(Connection connection) {
        this.connection = connection;
    }

    /**
     * Probes an address whose socket is open; as soon as the handshake is confirmed and the peer
     * has issued an ID for it.
     *
     * @param validated completed with the path once the peer answered
     */
    void add(InetSocketAddress local, CompletableFuture<PathStats> validated, long nowNs) {
        added.add(local);
        Path path = path(local);
        if (path != null && path.isValidated()) {
            validated.complete(stats(path));
            return;
        }
        CompletableFuture<PathStats> before = waiting.put(local, validated);
        if (before != null) {
            before.completeExceptionally(new QuicException("probed once more"));
        }
        probe(local, nowNs);
    }

    /** The handshake is confirmed, or the peer issued IDs. */
    void onMayProbe(long nowNs) {
        for (InetSocketAddress local : waiting.keySet()) {
            if (path(local) == null) {
                probe(local, nowNs);
            }
        }
    }

    private void probe(InetSocketAddress local, long nowNs) {
        Path current = connection.currentPath();
        long ptoNs = current.rtt().ptoNs(0);
        connection.probe(
                local,
                current.remote(),
                ptoNs,
                Math.max(PROBE_PTOS * ptoNs, PROBE_DURATION_NS),
                nowNs);
    }

    void onPathValidated(Path path) {
        CompletableFuture<PathStats> validated = waiting.remove(path.local());
        if (validated != null) {
            validated.complete(stats(path));
        }
    }

    /** Returns whether the address was being added: then it is no longer. */
    boolean onPathFailed(Path path) {
        CompletableFuture<PathStats> validated = waiting.remove(path.local());
        if (validated == null) {
            return false;
        }
        added.remove(path.local());
        validated.completeExceptionally(
                new QuicException(
                        "no answer from %s by way of %s"
                                .formatted(Ending.text(path.remote()), Ending.text(path.local()))));
        return true;
    }

    /** Sends from there from now on. */
    void use(InetSocketAddress local, long nowNs) throws QuicException {
        Path path = path(local);
        if (path == null || !path.isValidated()) {
            throw new QuicException(
                    "no path from " + Ending.text(local) + " is validated: add the address first");
        }
        if (path != connection.currentPath()) {
            connection.useNow(path, nowNs);
        }
    }

    private void switchTo(Path path, SwitchReason reason, long nowNs) {
        connection.switchTo(path, reason, nowNs);
        // Something must leave, so that the peer follows though the application is silent.
        path.ping();
    }

    /** Sends from there no longer. */
    void remove(InetSocketAddress local, long nowNs) throws QuicException {
        if (connection.currentPath().local().equals(local) && !leave(nowNs)) {
            throw new QuicException(
                    Ending.text(local) + " is in use, and no other address could be used instead");
        }
        added.remove(local);
        CompletableFuture<PathStats> validated = waiting.remove(local);
        if (validated != null) {
            validated.completeExceptionally(new QuicException("the address was removed"));
        }
        connection.onLocalAddressDown(local, nowNs);
    }

    /** The socket of that address is closed; its paths are abandoned by now. */
    void onGone(InetSocketAddress local, long nowNs) {
        added.remove(local);
        if (connection.currentPath().local().equals(local)) {
            leave(nowNs);
        }
    }

    /** Carries on from the best other address, if there is any. */
    private boolean leave(long nowNs) {
        Path other = bestOther();
        if (other != null) {
            switchTo(other, SwitchReason.GONE, nowNs);
            return true;
        }
        InetSocketAddress left = connection.currentPath().local();
        for (InetSocketAddress local : added) {
            if (!local.equals(left) && moveTo(local, nowNs)) {
                return true;
            }
        }
        return false;
    }

    private boolean moveTo(InetSocketAddress local, long nowNs) {
        InetSocketAddress remote = connection.currentPath().remote();
        return connection.moveTo(local, remote, SwitchReason.GONE, nowNs);
    }

    /** The current path is silent. */
    void onProbeTimeout(int count, long nowNs) {
        Path current = connection.currentPath();
        Path other = count < SWITCH_AFTER_PROBE_TIMEOUTS ? null : bestOther();
        if (other != null && connection.mayMigrate()) {
            switchTo(other, SwitchReason.SUSPECT, nowNs);
            // Until it answers again it is no path to come back to.
            added.add(current.local());
            probe(current.local(), nowNs);
        }
    }

    private Path bestOther() {
        Path best = null;
        for (Path path : connection.paths()) {
            if (path != connection.currentPath()
                    && path.isValidated()
                    && !path.isAbandoned()
                    && (best == null || path.rtt().smoothedNs() < best.rtt().smoothedNs())) {
                best = path;
            }
        }
        return best;
    }

    /** The path from there to where the peer is now, or null. */
    private Path path(InetSocketAddress local) {
        for (Path path : connection.paths()) {
            if (path.local().equals(local)
                    && path.remote().equals(connection.currentPath().remote())
                    && !path.isAbandoned()) {
                return path;
            }
        }
        return null;
    }

    private PathStats stats(Path path) {
        return PathStats.of(path, connection.currentPath());
    }

    void end(QuicException why) {
        waiting.values().forEach(validated -> validated.completeExceptionally(why));
        waiting.clear();
    }
}
