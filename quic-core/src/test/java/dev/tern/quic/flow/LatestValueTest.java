package dev.tern.quic.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.recovery.SentPacket;

import org.junit.jupiter.api.Test;

class LatestValueTest {
    private int changes;
    private final LatestValue value = new LatestValue(() -> changes++);
    private final SentPacket first = new SentPacket();
    private final SentPacket second = new SentPacket();

    @Test
    void shouldBeDueOnceForEachNewValue() {
        assertThat(value.isDue()).isFalse();
        value.offer(10);
        value.offer(10);
        assertThat(changes).isEqualTo(1);
        assertThat(value.send(first)).isEqualTo(10);
        assertThat(value.isDue()).isFalse();
        value.offer(10);
        assertThat(value.isDue()).isFalse();
    }

    @Test
    void shouldSendAgainOnlyTheNewestValue() {
        value.offer(10);
        value.send(first);
        value.offer(20);
        value.send(second);

        first.notifyLost();
        assertThat(value.isDue()).isFalse();
        second.notifyLost();
        assertThat(value.isDue()).isTrue();
        assertThat(value.send(first)).isEqualTo(20);
    }

    @Test
    void shouldNotSendAgainWhatArrivedAfterAll() {
        value.offer(10);
        value.send(first);
        first.notifyLost();
        first.notifyAcked();

        assertThat(value.isDue()).isFalse();
        assertThat(value.isAcknowledged()).isTrue();
    }

    @Test
    void shouldForgetAfterCancel() {
        value.offer(10);
        value.send(first);
        value.cancel();
        first.notifyLost();

        assertThat(value.isDue()).isFalse();
    }
}
