package dev.tern.quic.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HyStartTest {
    private static final long MS = 1_000_000;

    private final HyStart hyStart = new HyStart();
    private long nextPacket;

    private void round(long rttNs, int samples) {
        long first = nextPacket;
        nextPacket += samples;
        for (int i = 0; i < samples; i++) {
            hyStart.onRttSample(rttNs, first + i, nextPacket);
        }
    }

    @Test
    void shouldGrowInFullWhileRoundTripsStayTheSame() {
        for (int i = 0; i < 20; i++) {
            round(40 * MS + i % 2 * MS, 10);
        }
        assertThat(hyStart.growthBytes(1200)).isEqualTo(1200);
        assertThat(hyStart.isFinished()).isFalse();
    }

    @Test
    void shouldGrowByAQuarterOnceRoundTripsGrewByAnEighth() {
        round(80 * MS, 10);
        round(90 * MS - 1, 10);
        assertThat(hyStart.growthBytes(1200)).isEqualTo(1200);
        round(102 * MS, 10);
        assertThat(hyStart.growthBytes(1200)).isEqualTo(300);
    }

    @Test
    void shouldNotJudgeByFewerThanEightSamples() {
        round(40 * MS, 10);
        round(80 * MS, 7);
        assertThat(hyStart.growthBytes(1200)).isEqualTo(1200);
    }

    @Test
    void shouldNotTakeSmallChangesOfShortRoundTripsForQueues() {
        round(MS, 10);
        round(5 * MS - 1, 10);
        assertThat(hyStart.growthBytes(1200)).isEqualTo(1200);
        round(9 * MS, 10);
        assertThat(hyStart.growthBytes(1200)).isEqualTo(300);
    }

    @Test
    void shouldFinishAfterFiveConservativeRounds() {
        round(40 * MS, 10);
        round(60 * MS, 10);
        for (int i = 0; i < 4; i++) {
            round(60 * MS, 10);
            assertThat(hyStart.isFinished()).isFalse();
        }
        round(60 * MS, 10);
        assertThat(hyStart.isFinished()).isTrue();
    }

    @Test
    void shouldGoBackToFullGrowthWhenRoundTripsFallAgain() {
        round(40 * MS, 10);
        round(60 * MS, 10);
        round(41 * MS, 10);
        assertThat(hyStart.growthBytes(1200)).isEqualTo(1200);
    }
}
