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
}
