package dev.tern.quic.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * Virtual time and what happens in it, in the order of time, and of scheduling where times are
 * equal. The same seed and the same program give the same course, which {@link #traceHash} sums up.
 * Single-threaded.
 */
public final class SimWorld {
    /** Not zero, so that nobody mistakes a time for a duration. */
    public static final long ORIGIN_NS = 1_000_000_000_000L;

    private static final long HASH_PRIME = 0x100_0000_01b3L;

    private final PriorityQueue<Happening> happenings = new PriorityQueue<>();
    private final SplittableRandom random;
    private final SimNetwork network = new SimNetwork(this);
    private final List<Runnable> checks = new ArrayList<>();
    private long nowNs = ORIGIN_NS;
    private long scheduled;
    private long traceHash = 0xcbf2_9ce4_8422_2325L;

    public SimWorld(long seed) {
        random = new SplittableRandom(seed);
    }

    public long nowNs() {
        return nowNs;
    }

    public SimNetwork network() {
        return network;
    }

    /** A generator of its own, for a link or a node: what one draws does not disturb the others. */
    public RandomGenerator newRandom() {
        return random.split();
    }

    /** A new perfect link. */
    public SimLink link() {
        return new SimLink(newRandom());
    }

    /** Does something at a time; afterwards every node may send. */
    public void at(long timeNs, Runnable action) {
        schedule(
                timeNs,
                () -> {
                    action.run();
                    network.drainAll();
                });
    }

    /** Has something done after each step of the course, such as a check of what must hold. */
    public void afterEach(Runnable check) {
        checks.add(check);
    }

    /** Lets everything happen up to and at this time. */
    public void run(long untilNs) {
        runUntil(() -> false, untilNs);
    }

    /**
     * Runs until a condition holds after something happened.
     *
     * @return whether it held at the limit or before
     */
    public boolean runUntil(BooleanSupplier condition, long limitNs) {
        // The test may have used a node since the last run.
        network.drainAll();
        while (!condition.getAsBoolean()) {
            Happening next = happenings.peek();
            if (next == null || next.timeNs - limitNs > 0) {
                nowNs = Math.max(nowNs, limitNs);
                return condition.getAsBoolean();
            }
            happenings.poll();
            nowNs = next.timeNs;
            next.action.run();
            checks.forEach(Runnable::run);
        }
        return true;
    }

    /** A sum over all packets sent, delivered and lost so far, with their times and bytes. */
    public long traceHash() {
        return traceHash;
    }

    void schedule(long timeNs, Runnable action) {
        // What should have happened before happens now.
        happenings.add(new Happening(Math.max(timeNs, nowNs), scheduled++, action));
    }

    void trace(SimObserver.Event event, SimPacket packet) {
        mix(nowNs);
        mix(event.name().hashCode());
        mix(packet.from().hashCode());
        mix(packet.to().hashCode());
        mix(packet.ecn());
        for (int i = 0; i < packet.length(); i++) {
            mix(packet.byteAt(i));
        }
    }

    private void mix(long value) {
        traceHash = (traceHash ^ value) * HASH_PRIME;
    }

    /** Something that happens at a time; the sequence orders what happens at the same one. */
    private static final class Happening implements Comparable<Happening> {
        private final long timeNs;
        private final long sequence;
        private final Runnable action;

        Happening(long timeNs, long sequence, Runnable action) {
            this.timeNs = timeNs;
            this.sequence = sequence;
            this.action = action;
        }

        @Override
        public int compareTo(Happening other) {
            int byTime = Long.compare(timeNs - other.timeNs, 0);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }
}
