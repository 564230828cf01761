package dev.tern.quic.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NewRenoTest {
    private static final int DATAGRAM_BYTES = 1200;
    private static final long START_NS = 5_000_000_000L;

    private final NewReno reno = new NewReno(DATAGRAM_BYTES);

    @Test
    void shouldStartFromTheInitialWindow() {
        assertThat(reno.windowBytes()).isEqualTo(12_000);
        assertThat(new NewReno(1472).windowBytes()).isEqualTo(14_720);
        assertThat(new NewReno(9000).windowBytes()).isEqualTo(18_000);
    }

    @Test
    void shouldDoubleInSlowStart() {
        reno.onAcked(12_000, START_NS, false, START_NS + 10);

        assertThat(reno.windowBytes()).isEqualTo(24_000);
        assertThat(reno.inSlowStart()).isTrue();
    }

    @Test
    void shouldNotGrowWhileTheApplicationSetsTheRate() {
        reno.onAcked(12_000, START_NS, true, START_NS + 10);

        assertThat(reno.windowBytes()).isEqualTo(12_000);
    }

    @Test
    void shouldHalveOnceInARoundTripAndThenGrowByOneDatagram() {
        reno.onCongestionEvent(START_NS, START_NS + 10);
        reno.onCongestionEvent(START_NS + 10, START_NS + 20);
        assertThat(reno.windowBytes()).isEqualTo(6000);
        reno.onAcked(6000, START_NS + 9, false, START_NS + 30);
        assertThat(reno.windowBytes()).isEqualTo(6000);
        for (int i = 0; i < 5; i++) {
            reno.onAcked(1200, START_NS + 11, false, START_NS + 40);
        }
        assertThat(reno.windowBytes()).isEqualTo(7200);
        reno.onCongestionEvent(START_NS + 11, START_NS + 50);
        assertThat(reno.windowBytes()).isEqualTo(3600);
    }

    @Test
    void shouldTakeAMistakenReductionBack() {
        reno.onCongestionEvent(START_NS, START_NS + 10);
        reno.undoLastReduction();
        assertThat(reno.windowBytes()).isEqualTo(12_000);
        assertThat(reno.inSlowStart()).isTrue();
        reno.undoLastReduction();
        reno.onCongestionEvent(START_NS + 5, START_NS + 30);
        assertThat(reno.windowBytes()).isEqualTo(6000);
    }

    @Test
    void shouldFallToTheMinimumAndRestartFromTheInitialWindow() {
        reno.onAcked(100_000, START_NS, false, START_NS + 10);
        reno.restart(START_NS + 20);
        assertThat(reno.windowBytes()).isEqualTo(12_000);
        assertThat(reno.inSlowStart()).isTrue();
        reno.onCongestionEvent(START_NS + 15, START_NS + 30);
        assertThat(reno.windowBytes()).isEqualTo(12_000);
        reno.onPersistentCongestion();
        assertThat(reno.windowBytes()).isEqualTo(2400);
        reno.restart(START_NS + 40);
        assertThat(reno.windowBytes()).isEqualTo(2400);
    }
}
