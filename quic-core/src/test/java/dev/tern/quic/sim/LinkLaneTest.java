package dev.tern.quic.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

final class LinkLaneTest {
    private static final long MS = 1_000_000L;
    private static final long NOW_NS = -MS;

    private final LinkLane lane = new LinkLane(new SplittableRandom(1));

    @Test
    void shouldTakeNoTimeUnlessToldTo() {
        assertThat(lane.enter(1200, NOW_NS)).isZero();
    }

    @Test
    void shouldSendOneAfterAnotherAtItsRate() {
        lane.delayNs(5 * MS).rate(8_000_000, 10_000); // 1000 bytes take 1 ms

        assertThat(lane.enter(1000, NOW_NS)).isEqualTo(6 * MS);
        assertThat(lane.enter(1000, NOW_NS)).isEqualTo(7 * MS);
        assertThat(lane.enter(1000, NOW_NS + MS)).isEqualTo(7 * MS);
        assertThat(lane.enter(1000, NOW_NS + 50 * MS)).isEqualTo(6 * MS);
    }

    @Test
    void shouldDropWhatFindsTheQueueFull() {
        lane.rate(8_000_000, 1500);
        lane.enter(1000, NOW_NS);
        lane.enter(1000, NOW_NS);

        assertThat(lane.enter(1000, NOW_NS)).isEqualTo(LinkLane.DROPPED);
        assertThat(lane.enter(1000, NOW_NS + MS)).isEqualTo(2 * MS);
    }

    @Test
    void shouldLoseAboutAsManyAsToldTo() {
        lane.loss(0.25);
        int lost = 0;
        for (int i = 0; i < 10_000; i++) {
            lost += lane.enter(1200, NOW_NS) == LinkLane.DROPPED ? 1 : 0;
        }

        assertThat(lost).isBetween(2300, 2700);
    }

    @Test
    void shouldLoseInBursts() {
        lane.burstLoss(0.02, 0.25);
        int lost = 0;
        int bursts = 0;
        boolean before = false;
        for (int i = 0; i < 50_000; i++) {
            boolean now = lane.enter(1200, NOW_NS) == LinkLane.DROPPED;
            lost += now ? 1 : 0;
            bursts += now && !before ? 1 : 0;
            before = now;
        }

        // The first of a burst is lost for certain, each later one unless it has ended.
        assertThat((double) lost / bursts).isBetween(4.5, 5.6);
    }

    @Test
    void shouldKeepTheOrderWhenItJitters() {
        lane.delayNs(MS).jitterNs(10 * MS);
        long lastNs = 0;
        for (int i = 0; i < 100; i++) {
            long outNs = NOW_NS + i * 1000L + lane.enter(1200, NOW_NS + i * 1000L);
            assertThat(outNs).isGreaterThanOrEqualTo(i == 0 ? outNs : lastNs);
            assertThat(outNs - (NOW_NS + i * 1000L)).isBetween(MS, 11 * MS + 1);
            lastNs = outNs;
        }
    }

    @Test
    void shouldMarkWhatFindsMuchWaiting() {
        lane.rate(8_000_000, 10_000).markAbove(1500);
        lane.enter(1000, NOW_NS);
        lane.enter(1000, NOW_NS);

        assertThat(lane.marks()).isFalse();
        lane.enter(1000, NOW_NS);
        assertThat(lane.marks()).isTrue();
    }
}
