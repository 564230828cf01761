package dev.tern.quic.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;

import org.junit.jupiter.api.Test;

class ReceiveWindowTest {
    private static final long ROUND_TRIP_NS = 1_000;

    private final BufferTuning tuning = new BufferTuning(400, 400, 1000, 3000);
    private final ReceiveWindow window = tuning.streamWindow(100);

    @Test
    void shouldRefuseWhatPassesTheLimit() {
        window.onReceived(100);

        assertThatExceptionOfType(TransportException.class)
                .isThrownBy(() -> window.onReceived(1))
                .satisfies(e -> assertThat(e.code()).isEqualTo(TransportError.FLOW_CONTROL_ERROR));
        assertThatExceptionOfType(TransportException.class)
                .isThrownBy(() -> window.onReceived((1L << 62) - 1));
    }

    @Test
    void shouldMoveOnceHalfTheWindowIsConsumed() {
        window.onReceived(100);

        assertThat(window.onConsumed(49)).isFalse();
        assertThat(window.limitBytes()).isEqualTo(100);
        assertThat(window.onConsumed(1)).isTrue();
        assertThat(window.limitBytes()).isEqualTo(150);
        window.onReceived(50);
    }

    @Test
    void shouldDoubleWhileHalfOfItIsConsumedWithinTwoRoundTrips() {
        window.onReceived(100);

        consumeAt(2 * ROUND_TRIP_NS - 1, 50);

        assertThat(window.limitBytes()).isEqualTo(50 + 200);
    }

    @Test
    void shouldStayAsItIsForAReaderThatTakesItsTime() {
        window.onReceived(100);

        consumeAt(2 * ROUND_TRIP_NS, 50);

        assertThat(window.limitBytes()).isEqualTo(50 + 100);
    }

    @Test
    void shouldStopGrowingAtItsLimit() {
        long nowNs = 0;
        for (int i = 0; i < 10; i++) {
            long newBytes = window.limitBytes() - window.receivedBytes();
            window.onReceived(newBytes);
            consumeAt(++nowNs, newBytes);
        }

        assertThat(window.limitBytes() - window.receivedBytes()).isEqualTo(400);
    }

    @Test
    void shouldGrowASendBufferThatHalfFillsThePath() {
        tuning.onPath(0, ROUND_TRIP_NS, ROUND_TRIP_NS, 500);
        assertThat(tuning.sendBufferBytes()).isEqualTo(1000);

        tuning.onPath(0, ROUND_TRIP_NS, ROUND_TRIP_NS, 501);
        assertThat(tuning.sendBufferBytes()).isEqualTo(2000);

        tuning.onPath(0, ROUND_TRIP_NS, ROUND_TRIP_NS, 1999);
        tuning.onPath(0, ROUND_TRIP_NS, ROUND_TRIP_NS, 2999);
        assertThat(tuning.sendBufferBytes()).isEqualTo(3000);
    }

    private void consumeAt(long nowNs, long bytes) {
        tuning.onPath(nowNs, ROUND_TRIP_NS, ROUND_TRIP_NS, 0);
        window.onConsumed(bytes);
    }

    @Test
    void shouldShareTheMemoryOfOneStreamAmongMany() {
        BufferTuning shared = new BufferTuning(0, 0, 1 << 20, 8 << 20);

        shared.onStreams(4);
        assertThat(shared.sendBufferBytes()).isEqualTo(1 << 18);

        shared.onStreams(1000);
        assertThat(shared.sendBufferBytes()).isEqualTo(1 << 16);

        shared.onStreams(1);
        assertThat(shared.sendBufferBytes()).isEqualTo(1 << 20);
    }
}
