package dev.tern.quic.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

class PacerTest {
    private static final int DATAGRAM_BYTES = 1200;
    private static final long START_NS = 7_000_000_000L;
    private static final long RTT_NS = 100_000_000;
    private static final long WINDOW_BYTES = 120_000;

    private final Pacer pacer = new Pacer(DATAGRAM_BYTES, WINDOW_BYTES, RTT_NS, START_NS);

    private int burst(long nowNs) {
        int count = 0;
        while (pacer.canSend(DATAGRAM_BYTES, nowNs)) {
            pacer.onSent(DATAGRAM_BYTES, nowNs);
            count++;
        }
        return count;
    }

    private long spacingNs() {
        long nowNs = START_NS;
        burst(nowNs);
        for (int i = 0; i < 10; i++) {
            nowNs = pacer.nextSendTimeNs(DATAGRAM_BYTES, nowNs);
            pacer.onSent(DATAGRAM_BYTES, nowNs);
        }
        return pacer.nextSendTimeNs(DATAGRAM_BYTES, nowNs) - nowNs;
    }

    @Test
    void shouldLetTenDatagramsGoAtOnce() {
        assertThat(burst(START_NS)).isEqualTo(10);
        assertThat(burst(START_NS)).isZero();
        assertThat(burst(START_NS + 10 * RTT_NS)).isEqualTo(10);
    }

    @Test
    void shouldSpreadTwoWindowsOverARoundTripInSlowStart() {
        assertThat(spacingNs()).isBetween(500_000L - 10, 500_000L + 10);
    }

    @Test
    void shouldSpreadAQuarterMoreThanTheWindowAfterSlowStart() {
        pacer.update(WINDOW_BYTES, RTT_NS, false);

        assertThat(spacingNs()).isBetween(800_000L - 10, 800_000L + 10);
    }

    @Test
    void shouldBeCarefulOnAnUnprovenPath() {
        pacer.setUnproven(true);

        assertThat(burst(START_NS)).isEqualTo(4);
        assertThat(spacingNs()).isBetween(1_000_000L - 10, 1_000_000L + 10);

        pacer.setUnproven(false);
        assertThat(burst(START_NS + RTT_NS)).isEqualTo(10);
    }

    @Test
    void shouldReachTheRateThoughAskedOnceAMillisecond() {
        pacer.update(1_200_000, 1_000_000, false);
        burst(START_NS);
        long sent = 0;
        for (int i = 1; i <= 100; i++) {
            sent += burst(START_NS + i * 1_000_000L);
        }
        assertThat(sent).isBetween(100 * 1249L, 100 * 1250L);
    }

    @Property(tries = 300)
    void shouldAlwaysLetAPacketGoAtTheTimeItNames(
            @ForAll @IntRange(min = 1, max = 65_000) int bytes,
            @ForAll @LongRange(max = 1_000_000_000) long rttNs,
            @ForAll @LongRange(min = 2400, max = 1L << 32) long windowBytes,
            @ForAll boolean unproven) {
        Pacer any = new Pacer(DATAGRAM_BYTES, windowBytes, rttNs, START_NS);
        any.setUnproven(unproven);
        long nowNs = START_NS;
        for (int i = 0; i < 30; i++) {
            long nextNs = any.nextSendTimeNs(bytes, nowNs);
            assertThat(nextNs - nowNs).isBetween(0L, 30_000_000_000L);
            assertThat(any.canSend(bytes, nextNs)).isTrue();
            any.onSent(bytes, nextNs);
            nowNs = nextNs;
        }
    }
}
