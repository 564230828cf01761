package dev.tern.nat.punch;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a hole puncher asks for. */
final class RecordingActions implements PunchActions {
    final List<String> frames = new ArrayList<>();
    final List<Probe> probes = new ArrayList<>();
    boolean hasIds = true;

    record Probe(
            InetSocketAddress local,
            InetSocketAddress remote,
            long intervalNs,
            long durationNs,
            long atNs) {}

    /** What was asked for since the last call. */
    List<String> takeFrames() {
        List<String> taken = List.copyOf(frames);
        frames.clear();
        return taken;
    }

    /** Where probes were sent since the last call. */
    List<InetSocketAddress> takeProbed() {
        List<InetSocketAddress> taken = probes.stream().map(Probe::remote).toList();
        probes.clear();
        return taken;
    }

    @Override
    public void addAddress(long sequence, InetSocketAddress address) {
        frames.add("add " + sequence + " " + text(address));
    }

    @Override
    public void punchMeNow(long round, long pairedWithSequence, InetSocketAddress address) {
        frames.add("punch " + round + " " + pairedWithSequence + " " + text(address));
    }

    @Override
    public void removeAddress(long sequence) {
        frames.add("remove " + sequence);
    }

    @Override
    public boolean probe(
            InetSocketAddress local,
            InetSocketAddress remote,
            long intervalNs,
            long durationNs,
            long nowNs) {
        if (hasIds) {
            probes.add(new Probe(local, remote, intervalNs, durationNs, nowNs));
        }
        return hasIds;
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
