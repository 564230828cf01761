package dev.tern.perf.quic;

import java.io.IOException;

/** What client and server do from one moment to another. */
final class Span {
    private final Target target;
    private final Meter meter;
    private Sample client;
    private Sample server;

    private Span(Target target, Meter meter) throws IOException {
        this.target = target;
        this.meter = meter;
        server = target.sample();
        client = meter.sample();
    }

    static Span begin(Target target, Meter meter) throws IOException {
        return new Span(target, meter);
    }

    void end() throws IOException {
        client = meter.sample().minus(client);
        server = server == null ? null : target.sample().minus(server);
    }

    Sample client() {
        return client;
    }

    /** Null if the server does not say. */
    Sample server() {
        return server;
    }

    /** Processor seconds of each end, times a factor. */
    void putCpu(Figures figures, String name, double factor) {
        figures.put(name + "_client", client.cpuSeconds() * factor);
        if (server != null) {
            figures.put(name + "_server", server.cpuSeconds() * factor);
        }
    }

    /** Of the client and, where it says, the server together, but for the first. */
    void putPackets(Figures figures) {
        Sample both = server == null ? client : client.plus(server);
        double packets = Math.max(1, both.packets());
        figures.put("packets_per_s", client.packets() / client.seconds())
                .put("packets_per_syscall", packets / Math.max(1, both.systemCalls()))
                .put("bytes_allocated_per_packet", both.allocatedBytes() / packets)
                .put("retransmitted_packets", (double) both.lostPackets())
                .put("spurious_losses", (double) both.spuriousLosses());
    }
}
