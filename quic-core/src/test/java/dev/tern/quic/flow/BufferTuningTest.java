package dev.tern.quic.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BufferTuningTest {
    private static final int FIRST = 1000;
    private static final int MOST = 16_000;

    private final BufferTuning tuning = new BufferTuning(0, 0, FIRST, MOST);

    private int bufferAfter(long smoothedRttNs, long minRttNs, long bytesInFlight) {
        tuning.onPath(1, smoothedRttNs, minRttNs, bytesInFlight);
        return tuning.sendBufferBytes();
    }

    @Test
    void shouldKeepASendBufferAtItsFirstSizeWhereItMayNotGrow() {
        BufferTuning fixed = new BufferTuning(0, 0, FIRST, 10);

        fixed.onPath(1, 1, 1, 900);

        assertThat(fixed.sendBufferBytes()).isEqualTo(FIRST);
        // Whoever makes room for the most that there can be has room for all there is.
        assertThat(fixed.maxSendBufferBytes()).isEqualTo(FIRST);
    }

    @Test
    void shouldDoubleASendBufferThatLimitsWhatIsInFlight() {
        assertThat(bufferAfter(100, 100, 500)).isEqualTo(FIRST);
        assertThat(bufferAfter(100, 100, 501)).isEqualTo(2 * FIRST);
        assertThat(bufferAfter(100, 100, 900)).isEqualTo(2 * FIRST);
        assertThat(bufferAfter(100, 100, 2000)).isEqualTo(4 * FIRST);
    }

    @Test
    void shouldGrowNoFurtherThanItMay() {
        for (int i = 0; i < 10; i++) {
            bufferAfter(100, 100, tuning.sendBufferBytes());
        }

        assertThat(tuning.sendBufferBytes()).isEqualTo(MOST);
    }

    @Test
    void shouldGrowOverJitterButNotForAQueue() {
        assertThat(bufferAfter(400, 100, 999)).isEqualTo(FIRST);
        assertThat(bufferAfter(390, 100, 999)).isEqualTo(2 * FIRST);
    }

    @Test
    void shouldShrinkWhereWhatIsInFlightMostlyWaitsInAQueue() {
        bufferAfter(100, 100, 1000);
        bufferAfter(100, 100, 2000);

        assertThat(bufferAfter(700, 100, 3500)).isEqualTo(4 * FIRST);
        assertThat(bufferAfter(800, 100, 3500)).isEqualTo(2 * FIRST);
        assertThat(bufferAfter(1600, 100, 1500)).isEqualTo(FIRST);
        assertThat(bufferAfter(9999, 100, 1000)).isEqualTo(FIRST);
    }
}
