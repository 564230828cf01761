package dev.tern.perf.udp;

import dev.tern.quic.io.Sleeper;
import dev.tern.quic.io.UdpTransport;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetSocketAddress;

/**
 * Sends or receives as fast as it goes, and counts between two signals. One thread pumps, another
 * gives the signals.
 */
final class Pump {
    /** As an agent does in one round. */
    private static final int BATCH = 64;

    /** So often a receiver that hears nothing looks whether it is to end. */
    private static final long PATIENCE_NS = 50_000_000L;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private enum Phase {
        WARM_UP,
        COUNT,
        END
    }

    /** What was counted. */
    record Count(long packets, long cpuNs, long wallNs) {
        private Count minus(Count other) {
            return new Count(packets - other.packets, cpuNs - other.cpuNs, wallNs - other.wallNs);
        }
    }

    private final UdpTransport transport;
    private volatile Phase phase = Phase.WARM_UP;
    private long packets;

    Pump(UdpTransport transport) {
        this.transport = transport;
    }

    /** Any thread: what comes from now on counts. */
    void begin() {
        phase = Phase.COUNT;
    }

    /** Any thread: enough. */
    void end() {
        phase = Phase.END;
    }

    /** A round of work. */
    private interface Round {
        void run();
    }

    Count receive() throws IOException {
        try (Sleeper sleeper = transport.newSleeper()) {
            transport.register(sleeper);
            return pump(
                    () -> {
                        int received =
                                transport.receive(
                                        (from, remote, ecn, buffer, offset, length) -> {}, BATCH);
                        packets += received;
                        if (received == 0) {
                            sleeper.await(PATIENCE_NS);
                        }
                    });
        }
    }

    Count send(InetSocketAddress to, int size) {
        byte[] datagram = new byte[size];
        return pump(
                () -> {
                    for (int i = 0; i < BATCH; i++) {
                        if (transport.send(to, 0, datagram, 0, size) == UdpTransport.Sent.DONE) {
                            packets++;
                        }
                    }
                    transport.flush();
                });
    }

    private Count pump(Round round) {
        while (phase == Phase.WARM_UP) {
            round.run();
        }
        Count before = now();
        while (phase == Phase.COUNT) {
            round.run();
        }
        return now().minus(before);
    }

    private Count now() {
        return new Count(packets, THREADS.getCurrentThreadCpuTime(), System.nanoTime());
    }
}
