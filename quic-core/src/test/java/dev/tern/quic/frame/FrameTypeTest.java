package dev.tern.quic.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.wire.PacketType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.EnumSet;
import java.util.Set;

class FrameTypeTest {
    @ParameterizedTest
    @CsvSource({
        "0x00, PADDING",
        "0x02, ACK",
        "0x03, ACK",
        "0x08, STREAM",
        "0x0f, STREAM",
        "0x1c, CONNECTION_CLOSE",
        "0x1d, APPLICATION_CLOSE",
        "0x1e, HANDSHAKE_DONE",
        "0x31, DATAGRAM",
        "0x3f, PATH_ACK",
        "0x3e75, PATH_ABANDON",
        "0x3e7c, PATH_CIDS_BLOCKED",
        "0x9f81a7, OBSERVED_ADDRESS",
        "0x3d7e91, ADD_ADDRESS",
        "0x3d7e93, PUNCH_ME_NOW",
        "0x3d7e94, REMOVE_ADDRESS",
        "0x7465726e10, PATH_SWITCH",
        "0x7465726e11, ROUTABLE_CONNECTION_ID"
    })
    void shouldBeFoundByNumber(String number, FrameType type) {
        assertThat(FrameType.of(Long.decode(number))).isEqualTo(type);
    }

    @Test
    void shouldNotBeFoundForUnknownNumbers() {
        for (long number : new long[] {0x1f, 0x32, 0x3e7d, 0x9f81a8, 0x7465726e12L, 1L << 61}) {
            assertThat(FrameType.of(number)).isNull();
        }
    }

    @Test
    void shouldBeAckElicitingButForTheRfcsExceptions() {
        assertThat(where(type -> !type.isAckEliciting()))
                .containsExactlyInAnyOrder(
                        FrameType.PADDING,
                        FrameType.ACK,
                        FrameType.CONNECTION_CLOSE,
                        FrameType.APPLICATION_CLOSE,
                        FrameType.PATH_ACK);
    }

    @Test
    void shouldBeProbingAsTheRfcSays() {
        assertThat(where(FrameType::isProbing))
                .containsExactlyInAnyOrder(
                        FrameType.PADDING,
                        FrameType.NEW_CONNECTION_ID,
                        FrameType.PATH_CHALLENGE,
                        FrameType.PATH_RESPONSE,
                        FrameType.PATH_NEW_CONNECTION_ID,
                        FrameType.OBSERVED_ADDRESS);
    }

    @Test
    void shouldBeAllowedInPacketsAsTheRfcSays() {
        Set<FrameType> handshake =
                EnumSet.of(
                        FrameType.PADDING,
                        FrameType.PING,
                        FrameType.ACK,
                        FrameType.CRYPTO,
                        FrameType.CONNECTION_CLOSE);
        assertThat(where(type -> type.isAllowedIn(PacketType.INITIAL))).isEqualTo(handshake);
        assertThat(where(type -> type.isAllowedIn(PacketType.HANDSHAKE))).isEqualTo(handshake);
        assertThat(where(type -> type.isAllowedIn(PacketType.ONE_RTT)))
                .isEqualTo(EnumSet.allOf(FrameType.class));
        assertThat(where(type -> type.isAllowedIn(PacketType.ZERO_RTT)))
                .doesNotContain(
                        FrameType.ACK,
                        FrameType.CRYPTO,
                        FrameType.NEW_TOKEN,
                        FrameType.PATH_RESPONSE,
                        FrameType.HANDSHAKE_DONE,
                        FrameType.OBSERVED_ADDRESS,
                        FrameType.PATH_SWITCH)
                .contains(
                        FrameType.STREAM,
                        FrameType.DATAGRAM,
                        FrameType.PATH_CHALLENGE,
                        FrameType.APPLICATION_CLOSE);
    }

    private static Set<FrameType> where(java.util.function.Predicate<FrameType> condition) {
        EnumSet<FrameType> types = EnumSet.allOf(FrameType.class);
        types.removeIf(condition.negate());
        return types;
    }
}
