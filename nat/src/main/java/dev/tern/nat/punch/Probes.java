package dev.tern.nat.punch;

import dev.tern.quic.path.ProbeSchedule;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The probes of one connection: which pairs of addresses are being probed, which have answered, and
 * what it all costs. A pair gets as many challenges within a second as the budget allows, but never
 * more than half of what a destination has left, so that later ones still find something.
 */
final class Probes {
    static final long CONNECTION_LIMIT_BYTES = 64 << 10;
    static final long CONNECTION_WINDOW_NS = 10_000_000_000L;
    static final long FIRST_INTERVAL_NS = 20_000_000L;
    static final long DURATION_NS = 1_000_000_000L;

    private static final long INTERVAL_STEP_NS = 1_000_000L;
    private static final int MAX_PROBES =
            ProbeSchedule.challengesWithin(FIRST_INTERVAL_NS, DURATION_NS);
    private static final long[] INTERVALS_NS = intervals();

    /** A pair that answered so lately needs no further probe, even if the peer asks for one. */
    private static final long FRESH_NS = 2_000_000_000L;

    private static final int MAX_STARVED = 32;
    private static final int MAX_VALIDATED = 32;

    private final PunchActions actions;
    private final PunchBudget budget;
    private final ByteWindow connectionWindow =
            new ByteWindow(CONNECTION_LIMIT_BYTES, CONNECTION_WINDOW_NS);
    private final List<Probe> unanswered = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private final List<Pair> starved = new ArrayList<>();

    private record Pair(InetSocketAddress local, InetSocketAddress remote) {}

    private record Probe(Pair pair, long bytes, long endNs) {}

    private record Answer(Pair pair, long atNs) {}

    Probes(PunchActions actions, PunchBudget budget) {
        this.actions = actions;
        this.budget = budget;
    }

    /** For every number of challenges, the first interval with which no more fit in. */
    private static long[] intervals() {
        long[] intervals = new long[MAX_PROBES + 1];
        long intervalNs = FIRST_INTERVAL_NS;
        for (int probes = MAX_PROBES; probes > 0; probes--) {
            while (ProbeSchedule.challengesWithin(intervalNs, DURATION_NS) > probes) {
                intervalNs += INTERVAL_STEP_NS;
            }
            intervals[probes] = intervalNs;
        }
        return intervals;
    }

    /**
     * Probes a pair unless it is being probed or has answered.
     *
     * @return whether it is being probed now
     */
    boolean probe(InetSocketAddress local, InetSocketAddress remote, long nowNs) {
        forgetOld(nowNs);
        Pair pair = new Pair(local, remote);
        if (isRunning(pair, nowNs)) {
            return true;
        }
        int count = affordable(remote.getAddress(), nowNs);
        if (count == 0 || hasAnswered(pair)) {
            return false;
        }
        Probe probe = new Probe(pair, (long) count * PunchBudget.PROBE_BYTES, nowNs + DURATION_NS);
        // Before the call: it may come back to us with the path that it adds.
        charge(probe);
        if (!actions.probe(local, remote, INTERVALS_NS[count], DURATION_NS, nowNs)) {
            refund(probe);
            if (starved.size() < MAX_STARVED && !starved.contains(pair)) {
                starved.add(pair);
            }
            return false;
        }
        return true;
    }

    private int affordable(InetAddress destination, long nowNs) {
        long left = budget.leftBytes(destination, nowNs) / PunchBudget.PROBE_BYTES;
        long own = connectionWindow.leftBytes(nowNs) / PunchBudget.PROBE_BYTES;
        return (int) Math.min(Math.min((left + 1) / 2, own), MAX_PROBES);
    }

    private void charge(Probe probe) {
        unanswered.add(probe);
        connectionWindow.charge(probe.bytes(), probe.endNs());
        budget.charge(probe.pair().remote().getAddress(), probe.bytes(), probe.endNs());
    }

    private void refund(Probe probe) {
        unanswered.remove(probe);
        connectionWindow.refund(probe.bytes(), probe.endNs());
        budget.refund(probe.pair().remote().getAddress(), probe.bytes(), probe.endNs());
    }

    private void forgetOld(long nowNs) {
        unanswered.removeIf(probe -> nowNs - probe.endNs() >= PunchBudget.DESTINATION_WINDOW_NS);
    }

    private boolean isRunning(Pair pair, long nowNs) {
        for (Probe probe : unanswered) {
            if (probe.pair().equals(pair) && probe.endNs() - nowNs > 0) {
                return true;
            }
        }
        return false;
    }

    private boolean hasAnswered(Pair pair) {
        for (Answer answer : answers) {
            if (answer.pair().equals(pair)) {
                return true;
            }
        }
        return false;
    }

    /** Connection IDs came: probes what could not be probed for want of one. */
    void retryStarved(long nowNs) {
        List<Pair> pairs = List.copyOf(starved);
        starved.clear();
        for (Pair pair : pairs) {
            probe(pair.local(), pair.remote(), nowNs);
        }
    }

    /** Whoever has the remote address answered: what was sent there harmed nobody. */
    void onAnswered(InetSocketAddress local, InetSocketAddress remote, long nowNs) {
        for (Probe probe : List.copyOf(unanswered)) {
            if (probe.pair().remote().equals(remote)) {
                refund(probe);
            }
        }
        Pair pair = new Pair(local, remote);
        answers.removeIf(answer -> answer.pair().equals(pair));
        if (answers.size() == MAX_VALIDATED) {
            answers.removeFirst();
        }
        answers.add(new Answer(pair, nowNs));
    }

    /** The peer wants a pair probed that answered long ago: it no longer works there. */
    void forgetStaleAnswer(InetSocketAddress local, InetSocketAddress remote, long nowNs) {
        Pair pair = new Pair(local, remote);
        answers.removeIf(answer -> answer.pair().equals(pair) && nowNs - answer.atNs() >= FRESH_NS);
    }

    void forgetAnswers() {
        answers.clear();
    }

    /** The socket is closed. What it sent stays charged. */
    void forgetLocal(InetSocketAddress local) {
        answers.removeIf(answer -> answer.pair().local().equals(local));
        starved.removeIf(pair -> pair.local().equals(local));
    }
}
