package dev.tern.nat.punch;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

final class PunchBudgetTest {
    private static final long MS = 1_000_000L;
    private static final long START_NS = -7_000_000_000L;
    private static final long SECOND_NS = 1_000 * MS;

    @Test
    void shouldCountChargeUntilAWindowAfterItsEnd() {
        ByteWindow window = new ByteWindow(1000, 100);

        window.charge(400, START_NS + 10);

        assertThat(window.leftBytes(START_NS)).isEqualTo(600);
        assertThat(window.leftBytes(START_NS + 109)).isEqualTo(600);
        assertThat(window.leftBytes(START_NS + 110)).isEqualTo(1000);
    }

    @Test
    void shouldTakeBackOneCharge() {
        ByteWindow window = new ByteWindow(1000, 100);
        window.charge(400, START_NS);
        window.charge(400, START_NS);

        window.refund(400, START_NS);
        window.refund(300, START_NS);

        assertThat(window.leftBytes(START_NS)).isEqualTo(600);
    }

    @Test
    void shouldRefuseNewDestinationsWhenTableIsFull() {
        PunchBudget budget = new PunchBudget();
        for (int i = 0; i < PunchBudget.MAX_DESTINATIONS; i++) {
            String ip = "198.51." + (i >> 8) + "." + (i & 0xff);
            budget.charge(ip(ip), 1200, START_NS);
        }

        long laterNs = START_NS + PunchBudget.DESTINATION_WINDOW_NS;
        assertThat(budget.leftBytes(ip("192.0.2.1"), START_NS)).isZero();
        assertThat(budget.leftBytes(ip("198.51.0.1"), START_NS)).isPositive();
        assertThat(budget.leftBytes(ip("192.0.2.1"), laterNs)).isPositive();
    }

    private static InetAddress ip(String text) {
        return new InetSocketAddress(text, 0).getAddress();
    }

    /** One challenge that a connection sends. */
    private record Sent(int by, InetSocketAddress local, InetSocketAddress remote, long atNs) {}

    /** Two connections of an endpoint, whatever happens to them, under the eyes of a bystander. */
    @Property(tries = 100)
    void shouldNeverBeExceeded(@ForAll long seed) {
        new Scenario(seed).run();
    }

    private static final class Scenario {
        private final SplittableRandom random;
        private final PunchBudget budget = new PunchBudget();
        private final List<RecordingActions> actions = new ArrayList<>();
        private final List<HolePuncher> punchers = new ArrayList<>();
        private final List<Sent> unanswered = new ArrayList<>();
        private long nowNs = START_NS;
        private long checkedNs = START_NS - 1;

        Scenario(long seed) {
            random = new SplittableRandom(seed);
            for (int i = 0; i < 2; i++) {
                actions.add(new RecordingActions());
                punchers.add(new HolePuncher(actions.get(i), budget, i == 0, random));
            }
        }

        void run() {
            for (int step = 0; step < 250; step++) {
                int which = random.nextInt(2);
                act(which, punchers.get(which));
                collect(which);
                nowNs += random.nextInt(8) == 0 ? random.nextLong(15 * SECOND_NS) : 0;
                check();
            }
        }

        private void act(int which, HolePuncher puncher) {
            switch (random.nextInt(8)) {
                case 0 -> puncher.onPeerAddress(random.nextInt(30), remote(), nowNs);
                case 1 ->
                        puncher.onPunchMeNow(
                                random.nextInt(200), random.nextInt(4), remote(), nowNs);
                case 2 -> puncher.onProbed(local(), remote(), nowNs);
                case 3 -> puncher.onLocalCandidate(local(), Candidate.observed(observed()), nowNs);
                case 4 -> puncher.onLocalGone(local());
                case 5 -> puncher.start(nowNs);
                case 6 -> answer(which, puncher);
                default -> puncher.onTimeout(nowNs);
            }
        }

        private InetSocketAddress remote() {
            return new InetSocketAddress(
                    "198.51.100." + random.nextInt(1, 30), 7000 + random.nextInt(3));
        }

        private InetSocketAddress local() {
            return new InetSocketAddress("10.0.0." + random.nextInt(1, 3), 5000);
        }

        private InetSocketAddress observed() {
            return new InetSocketAddress("203.0.113.1", 6000 + random.nextInt(4));
        }

        /** Somebody answers: what was sent to that address is no burden, and the pair is done. */
        private void answer(int which, HolePuncher puncher) {
            List<Sent> candidates =
                    unanswered.stream().filter(s -> s.by() == which && s.atNs() <= nowNs).toList();
            if (!candidates.isEmpty()) {
                Sent answered = candidates.get(random.nextInt(candidates.size()));
                puncher.onDirectPathValidated(answered.local(), answered.remote(), nowNs);
                unanswered.removeIf(s -> s.by() == which && s.remote().equals(answered.remote()));
            }
        }

        /** Writes down when the challenges asked for leave, as RFC 9000 §8.2.1 and we send them. */
        private void collect(int which) {
            for (RecordingActions.Probe probe : actions.get(which).probes) {
                long intervalNs = probe.intervalNs();
                long endNs = probe.atNs() + probe.durationNs();
                for (long atNs = probe.atNs(); atNs <= endNs; atNs += intervalNs) {
                    unanswered.add(new Sent(which, probe.local(), probe.remote(), atNs));
                    intervalNs = atNs == probe.atNs() ? intervalNs : intervalNs * 3 / 2;
                }
            }
            actions.get(which).probes.clear();
        }

        private void check() {
            for (Sent last : unanswered) {
                if (last.atNs() > checkedNs && last.atNs() <= nowNs) {
                    InetAddress ip = last.remote().getAddress();
                    assertThat(
                                    bytes(
                                            last.atNs(),
                                            60 * SECOND_NS,
                                            s -> s.remote().getAddress().equals(ip)))
                            .isLessThanOrEqualTo(16 << 10);
                    assertThat(bytes(last.atNs(), 10 * SECOND_NS, s -> s.by() == last.by()))
                            .isLessThanOrEqualTo(64 << 10);
                }
            }
            checkedNs = nowNs;
            unanswered.removeIf(s -> nowNs - s.atNs() > 70 * SECOND_NS);
        }

        private long bytes(long endNs, long windowNs, Predicate<Sent> counted) {
            return 1200
                    * unanswered.stream()
                            .filter(s -> s.atNs() <= endNs && endNs - s.atNs() < windowNs)
                            .filter(counted)
                            .count();
        }
    }
}
