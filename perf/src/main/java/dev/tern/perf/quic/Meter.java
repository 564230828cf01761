package dev.tern.perf.quic;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;

import dev.tern.quic.api.ConnectionStats;
import dev.tern.quic.api.QuicConnection;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Reads what this process has done. Connections that are over no longer count. */
final class Meter {
    private static final int COLLECTIONS = 3;

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS =
            ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private final OpenSockets sockets;
    private final Set<QuicConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong streamBytes = new AtomicLong();

    Meter(OpenSockets sockets) {
        this.sockets = sockets;
    }

    void add(QuicConnection connection) {
        connections.add(connection);
    }

    void remove(QuicConnection connection) {
        connections.remove(connection);
    }

    int connections() {
        return connections.size();
    }

    /** Counts what streams receive; added to by the endpoint's thread only. */
    AtomicLong streamBytes() {
        return streamBytes;
    }

    Sample sample() {
        List<ConnectionStats> stats =
                connections.stream()
                        .map(QuicConnection::stats)
                        .map(asked -> asked.exceptionally(over -> null))
                        .toList()
                        .stream() // all are asked before the first is waited for
                        .map(CompletableFuture::join)
                        .filter(known -> known != null)
                        .toList();
        return new Sample(
                System.nanoTime(),
                SYSTEM.getProcessCpuTime(),
                THREADS.getTotalThreadAllocatedBytes(),
                streamBytes.get(),
                stats.stream().mapToLong(s -> s.sentDatagrams() + s.receivedDatagrams()).sum(),
                stats.stream().mapToLong(ConnectionStats::lostPackets).sum(),
                stats.stream().mapToLong(ConnectionStats::undoneReductions).sum(),
                sockets.systemCalls());
    }

    /** What is in use of the heap once all garbage is collected. */
    static long heapBytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
