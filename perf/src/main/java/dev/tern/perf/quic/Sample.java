package dev.tern.perf.quic;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What one process has done until now, or between two samples.
 *
 * @param wallNs the time it was taken
 * @param cpuNs of all threads, the system's part included
 * @param allocatedBytes of all threads, on the heap
 * @param streamBytes that streams have received
 * @param packets datagrams sent and received
 * @param lostPackets declared lost, and sent again
 * @param spuriousLosses reductions of the window that were undone, for nothing had been lost
 * @param systemCalls to send and receive
 */
record Sample(
        long wallNs,
        long cpuNs,
        long allocatedBytes,
        long streamBytes,
        long packets,
        long lostPackets,
        long spuriousLosses,
        long systemCalls) {
    private static final double NS_PER_SECOND = 1e9;

    Sample minus(Sample before) {
        return new Sample(
                wallNs - before.wallNs,
                cpuNs - before.cpuNs,
                allocatedBytes - before.allocatedBytes,
                streamBytes - before.streamBytes,
                packets - before.packets,
                lostPackets - before.lostPackets,
                spuriousLosses - before.spuriousLosses,
                systemCalls - before.systemCalls);
    }

    /** What two processes have done; the times have no meaning. */
    Sample plus(Sample other) {
        return new Sample(
                wallNs + other.wallNs,
                cpuNs + other.cpuNs,
                allocatedBytes + other.allocatedBytes,
                streamBytes + other.streamBytes,
                packets + other.packets,
                lostPackets + other.lostPackets,
                spuriousLosses + other.spuriousLosses,
                systemCalls + other.systemCalls);
    }

    double seconds() {
        return Math.max(1, wallNs) / NS_PER_SECOND;
    }

    double cpuSeconds() {
        return cpuNs / NS_PER_SECOND;
    }

    /** One line, for a pipe. */
    String text() {
        return Arrays.stream(
                        new long[] {
                            wallNs,
                            cpuNs,
                            allocatedBytes,
                            streamBytes,
                            packets,
                            lostPackets,
                            spuriousLosses,
                            systemCalls
                        })
                .mapToObj(Long::toString)
                .collect(Collectors.joining(" "));
    }

    /** Reads what {@link #text} wrote. */
    static Sample parse(String text) {
        long[] n = Arrays.stream(text.split(" ", -1)).mapToLong(Long::parseLong).toArray();
        return new Sample(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]);
    }
}
