package dev.tern.quic.congestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

class CubicTest {
    private static final int DATAGRAM_BYTES = 1200;
    private static final long START_NS = 5_000_000_000L;
    private static final long RTT_NS = 100_000_000;
    private static final double NS_PER_SECOND = 1e9;

    private final Cubic cubic = new Cubic(DATAGRAM_BYTES);
    private long nowNs = START_NS;

    /** Grows the window in slow start. */
    private void grow(int toBytes) {
        cubic.onAcked((int) (toBytes - cubic.windowBytes()), nowNs, false, nowNs);
        assertThat(cubic.windowBytes()).isEqualTo(toBytes);
    }

    private void lose() {
        nowNs += RTT_NS + 1;
        cubic.onCongestionEvent(nowNs - RTT_NS, nowNs);
    }

    /** One round trip in which a whole window is acknowledged, one datagram at a time. */
    private void roundTrip() {
        long windowBytes = cubic.windowBytes();
        long packets = windowBytes / DATAGRAM_BYTES;
        cubic.onRttSample(RTT_NS, RTT_NS, RTT_NS, 1, 2, nowNs);
        for (long i = 0; i < packets; i++) {
            nowNs += RTT_NS / packets;
            cubic.onAcked(DATAGRAM_BYTES, nowNs - RTT_NS / 2, false, nowNs);
        }
    }

    @Test
    void shouldKeepSevenTenthsAtALossAndOncePerRoundTrip() {
        grow(1_200_000);
        lose();
        assertThat(cubic.windowBytes()).isEqualTo(840_000);
        cubic.onCongestionEvent(nowNs, nowNs + 5);
        assertThat(cubic.windowBytes()).isEqualTo(840_000);
        cubic.onCongestionEvent(nowNs + 1, nowNs + 5);
        assertThat(cubic.windowBytes()).isEqualTo(588_000);
    }

    @Test
    void shouldFollowTheCubicCurveBackToWhereItWasAndBeyond() {
        int segments = 1000;
        grow(segments * DATAGRAM_BYTES);
        lose();
        nowNs += 1;
        long epochNs = nowNs;
        // K = cbrt((W_max - cwnd_epoch) / C), W(t) = C (t - K)^3 + W_max: RFC 9438 figures 1, 2.
        double k = Math.cbrt(segments * 0.3 / 0.4);
        for (int round = 0; round < 150; round++) {
            roundTrip();
            double t = (nowNs - epochNs) / NS_PER_SECOND;
            double expected = 0.4 * Math.pow(t - k, 3) + segments;
            double tolerance = 0.03 * expected;
            assertThat((double) cubic.windowBytes() / DATAGRAM_BYTES)
                    .as("window after %.1f s", t)
                    .isCloseTo(expected, within(tolerance));
        }
        assertThat(nowNs - epochNs).isGreaterThan((long) (k * NS_PER_SECOND));
        assertThat(cubic.windowBytes()).isGreaterThan((long) segments * DATAGRAM_BYTES);
    }

    @Test
    void shouldGrowLikeRenoWhereThatIsFaster() {
        grow(24_000);
        lose();
        nowNs += RTT_NS;
        // 14 segments; alpha = 3 * 0.3 / 1.7 = 0.53 segments a round trip, the curve gives less.
        for (int round = 0; round < 4; round++) {
            roundTrip();
        }
        double grown = (cubic.windowBytes() - 16_800) / (double) DATAGRAM_BYTES;
        assertThat(grown).isCloseTo(4 * 0.53, within(0.3));
    }

    @Test
    void shouldLeaveRoomWhenTheWindowShrinksAgain() {
        grow(1_200_000);
        lose();
        lose();
        // W_max is now 840,000 * 0.85, reached after K = cbrt(105 / 0.4) = 6.4 s and flat around.
        nowNs += 1;
        for (int i = 0; i < 64; i++) {
            roundTrip();
        }
        assertThat((double) cubic.windowBytes()).isCloseTo(714_000, withinPercentage(1));
    }

    @Test
    void shouldNotGrowNorLetTheCurveRunWhileTheApplicationSetsTheRate() {
        grow(120_000);
        lose();
        nowNs += 1;
        roundTrip();
        long before = cubic.windowBytes();
        cubic.onAcked(DATAGRAM_BYTES, nowNs, true, nowNs);
        nowNs += 60_000_000_000L;
        cubic.onAcked(DATAGRAM_BYTES, nowNs, true, nowNs);
        assertThat(cubic.windowBytes()).isEqualTo(before);
        cubic.onAcked(DATAGRAM_BYTES, nowNs, false, nowNs);
        assertThat(cubic.windowBytes() - before).isLessThan(DATAGRAM_BYTES);
    }

    @Test
    void shouldTakeAMistakenReductionBackWhole() {
        grow(1_200_000);
        lose();
        nowNs += 1;
        roundTrip();
        long beforeBytes = cubic.windowBytes();
        lose();
        assertThat(cubic.windowBytes()).isLessThan(beforeBytes);
        cubic.undoLastReduction();
        assertThat(cubic.windowBytes()).isEqualTo(beforeBytes);
        cubic.undoLastReduction();
        assertThat(cubic.windowBytes()).isEqualTo(beforeBytes);
        lose();
        assertThat((double) cubic.windowBytes()).isCloseTo(beforeBytes * 0.7, within(1.0));
    }

    @Test
    void shouldUndoTheFirstLossIntoSlowStart() {
        grow(120_000);
        lose();
        cubic.undoLastReduction();

        assertThat(cubic.windowBytes()).isEqualTo(120_000);
        assertThat(cubic.inSlowStart()).isTrue();
    }

    @Test
    void shouldGoBackToSlowStartAfterPersistentCongestion() {
        grow(120_000);
        lose();
        cubic.onPersistentCongestion();
        assertThat(cubic.windowBytes()).isEqualTo(2400);
        assertThat(cubic.inSlowStart()).isTrue();
        cubic.onAcked(2400, nowNs, false, nowNs);
        assertThat(cubic.windowBytes()).isEqualTo(4800);
    }

    @Test
    void shouldRestartInSlowStartFromNoMoreThanTheInitialWindow() {
        grow(120_000);
        lose();
        cubic.restart(nowNs + 10);
        assertThat(cubic.windowBytes()).isEqualTo(12_000);
        assertThat(cubic.inSlowStart()).isTrue();
        cubic.onCongestionEvent(nowNs + 5, nowNs + 20);
        assertThat(cubic.windowBytes()).isEqualTo(12_000);
        cubic.onAcked(12_000, nowNs + 11, false, nowNs + 30);
        assertThat(cubic.windowBytes()).isEqualTo(24_000);
    }

    @Test
    void shouldLeaveSlowStartWhenRoundTripsGrow() {
        long packet = 0;
        for (int round = 0; round < 12 && cubic.inSlowStart(); round++) {
            long rttNs = RTT_NS + Math.max(0, round - 1) * 20_000_000L;
            for (int i = 0; i < 10; i++) {
                cubic.onRttSample(rttNs, rttNs, RTT_NS, packet + i, packet + 10, nowNs);
                cubic.onAcked(DATAGRAM_BYTES, nowNs, false, nowNs);
            }
            packet += 10;
        }
        assertThat(cubic.inSlowStart()).isFalse();
        assertThat(cubic.windowBytes()).isGreaterThan(24_000);
    }

    @Property(tries = 200)
    void shouldStayWithinBoundsWhateverHappens(
            @ForAll @IntRange(max = 5) int[] events, @ForAll long seed) {
        Cubic any = new Cubic(DATAGRAM_BYTES);
        SplittableRandom random = new SplittableRandom(seed);
        long timeNs = START_NS;
        for (int event : events) {
            timeNs += random.nextLong(1_000_000_000);
            long sentNs = timeNs - random.nextLong(1_000_000_000);
            switch (event) {
                case 0, 1 -> any.onAcked(1 + random.nextInt(1200), sentNs, event == 0, timeNs);
                case 2 -> any.onCongestionEvent(sentNs, timeNs);
                case 3 -> any.onPersistentCongestion();
                case 4 -> any.undoLastReduction();
                default -> any.restart(timeNs);
            }
            assertThat(any.windowBytes()).isBetween(2400L, 1L << 40);
        }
    }
}
