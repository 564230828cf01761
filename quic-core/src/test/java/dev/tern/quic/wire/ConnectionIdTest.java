package dev.tern.quic.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

class ConnectionIdTest {
    @Property(tries = 200)
    void shouldMatchItsBytesWhereverTheyAre(@ForAll @Size(max = 20) byte[] bytes) {
        ConnectionId id = ConnectionId.of(bytes);
        byte[] packet = new byte[30];

        id.copyTo(packet, 7);

        assertThat(id.length()).isEqualTo(bytes.length);
        assertThat(id.matches(packet, 7, bytes.length)).isTrue();
        assertThat(id.matches(packet, 7, bytes.length + 1)).isFalse();
        assertThat(ConnectionId.of(packet, 7, bytes.length)).isEqualTo(id).hasSameHashCodeAs(id);
    }

    @Test
    void shouldNotChangeWithTheArrayItCameFrom() {
        byte[] bytes = {1, (byte) 0xab};
        ConnectionId id = ConnectionId.of(bytes);

        bytes[0] = 9;

        assertThat(id).hasToString("01ab");
        assertThat(id.byteAt(1)).isEqualTo((byte) 0xab);
    }

    @Test
    void shouldRefuseMoreThanTwentyBytes() {
        assertThatThrownBy(() -> ConnectionId.of(new byte[21]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldBeOneEmptyId() {
        assertThat(ConnectionId.of(new byte[0])).isSameAs(ConnectionId.EMPTY);
    }

    @Test
    void shouldKeepTokensOutOfLogs() {
        StatelessResetToken token = new StatelessResetToken(0x1234, 0x5678);

        assertThat(token.toString()).doesNotContain("1234").doesNotContain("5678");
        assertThat(token.matches(0x1234, 0x5678)).isTrue();
        assertThat(token.matches(0x1234, 0x5679)).isFalse();
        assertThat(token.matches(0x1235, 0x5678)).isFalse();
    }
}
