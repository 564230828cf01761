package dev.tern.quic.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;

import org.junit.jupiter.api.Test;

class ReceiveWindowTest {
    private final ReceiveWindow window = new ReceiveWindow(100);

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
}
