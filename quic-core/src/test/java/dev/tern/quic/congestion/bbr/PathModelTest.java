package dev.tern.quic.congestion.bbr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

/** The parts of BBR's model, each by the draft's words. */
class PathModelTest {
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1000 * MS;

    @Test
    void shouldCallThePipeFullAfterThreeRoundsWithoutAQuarterMore() {
        FullPipe pipe = new FullPipe();
        pipe.update(1.0, false, true);
        pipe.update(1.2, false, true);
        pipe.update(1.2, true, true); // limited by the application: says nothing
        pipe.update(1.2, false, false); // no round of its own
        pipe.update(1.2, false, true);
        assertThat(pipe.isReached()).isFalse();
        pipe.update(1.2, false, true);
        assertThat(pipe.isReached()).isTrue();
        assertThat(pipe.isFullNow()).isTrue();
    }

    @Test
    void shouldNotCallThePipeFullWhileItGrows() {
        FullPipe pipe = new FullPipe();
        double rate = 1;
        for (int round = 0; round < 20; round++) {
            pipe.update(rate, false, true);
            rate *= 1.3;
        }
        assertThat(pipe.isReached()).isFalse();
    }

    @Test
    void shouldWantTheRoundTripMeasuredWhenItWasNotSeenForFiveSeconds() {
        MinRtt rtt = new MinRtt();
        rtt.onSample(40 * MS, SECOND);
        rtt.onSample(50 * MS, 6 * SECOND);
        assertThat(rtt.wantsProbe()).isFalse();
        rtt.onSample(50 * MS, 6 * SECOND + MS);
        assertThat(rtt.wantsProbe()).isTrue();
        assertThat(rtt.ns()).isEqualTo(40 * MS);
        rtt.onSample(50 * MS, 12 * SECOND);
        assertThat(rtt.ns()).as("forgotten after ten seconds").isEqualTo(50 * MS);
    }

    @Test
    void shouldRememberTheMaximumOfThisCycleAndTheLast() {
        RecentMax max = new RecentMax();
        max.add(5);
        max.advance();
        max.add(3);
        assertThat(max.value()).isEqualTo(5);
        max.advance();
        assertThat(max.value()).isEqualTo(3);
    }

    @Test
    void shouldLeaveStartupOnlyForSixSeparateLossesOverTwoPercent() {
        StartupLoss burst = new StartupLoss();
        for (int sequence = 0; sequence < 20; sequence++) {
            burst.onLost(1200, sequence);
        }
        assertThat(burst.onAcked(100_000, true)).as("one burst").isFalse();
        StartupLoss spread = new StartupLoss();
        for (int sequence = 0; sequence < 12; sequence += 2) {
            spread.onLost(1200, sequence);
        }
        assertThat(spread.onAcked(100_000, true)).isTrue();
        assertThat(spread.onAcked(100_000, true)).as("the next round").isFalse();
    }

    @Test
    void shouldProbeAfterTwoToThreeSecondsOrAsOftenAsRenoWould() {
        ProbeCycle cycle = new ProbeCycle(new SplittableRandom(1));
        cycle.startDown(SECOND);
        assertThat(cycle.isTimeToProbe(5, 100, 3 * SECOND)).isFalse();
        assertThat(cycle.isTimeToProbe(5, 100, 4 * SECOND + MS)).isTrue();
        assertThat(cycle.isTimeToProbe(63, 100, SECOND)).isTrue();
        assertThat(cycle.isTimeToProbe(5, 5, SECOND)).isTrue();
    }
}
