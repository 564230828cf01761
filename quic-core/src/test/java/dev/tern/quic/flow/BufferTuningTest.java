package dev.tern.quic.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BufferTuningTest {
    @Test
    void shouldKeepASendBufferAtItsFirstSizeWhereItMayNotGrow() {
        BufferTuning tuning = new BufferTuning(0, 0, 1000, 10);

        tuning.onPath(1, 1, 900);

        assertThat(tuning.sendBufferBytes()).isEqualTo(1000);
        // Whoever makes room for the most that there can be has room for all there is.
        assertThat(tuning.maxSendBufferBytes()).isEqualTo(1000);
    }
}
