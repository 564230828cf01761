package dev.tern.quic.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.wire.PacketType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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
        "0x1f, IMMEDIATE_ACK",
        "0xaf, ACK_FREQUENCY",
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
        for (long number : new long[] {0x20, 0x32, 0x3e7d, 0x9f81a8, 0x7465726e12L, 1L << 61}) {
            assertThat(FrameType.of(number)).isNull();
        }
    }

    /** RFC 9000 §12.4, table 3, as it is printed there; CONNECTION_CLOSE split by its types. */
    @ParameterizedTest
    @CsvSource({
        "0x00, IH01, NP",
        "0x01, IH01, ''",
        "0x02, IH_1, NC",
        "0x03, IH_1, NC",
        "0x04, __01, ''",
        "0x05, __01, ''",
        "0x06, IH_1, ''",
        "0x07, ___1, ''",
        "0x08, __01, F",
        "0x0f, __01, F",
        "0x10, __01, ''",
        "0x11, __01, ''",
        "0x12, __01, ''",
        "0x13, __01, ''",
        "0x14, __01, ''",
        "0x15, __01, ''",
        "0x16, __01, ''",
        "0x17, __01, ''",
        "0x18, __01, P",
        "0x19, __01, ''",
        "0x1a, __01, P",
        "0x1b, ___1, P",
        "0x1c, IH01, N",
        "0x1d, __01, N",
        "0x1e, ___1, ''"
    })
    void shouldFollowTheTableOfTheRfc(String number, String packets, String rules) {
        assertFollows(number, packets, rules);
    }

    /** What RFC 9221, RFC 10069 and the drafts say, and DESIGN's own, in the same notation. */
    @ParameterizedTest
    @CsvSource({
        "0x1f, ___1, ''",
        "0xaf, ___1, ''",
        "0x30, __01, ''",
        "0x3e, ___1, NC",
        "0x3e75, ___1, ''",
        "0x3e78, ___1, P",
        "0x9f81a6, ___1, P",
        "0x3d7e90, ___1, ''",
        "0x3d7e92, ___1, ''",
        "0x3d7e94, ___1, ''",
        "0x7465726e10, ___1, ''",
        "0x7465726e11, ___1, ''"
    })
    void shouldFollowTheRulesOfExtensions(String number, String packets, String rules) {
        assertFollows(number, packets, rules);
    }

    @Test
    void shouldReserveTheFramesOfMultipath() {
        for (FrameType type : FrameType.values()) {
            boolean multipath = type.name().startsWith("PATH_") || type.name().contains("PATHS_");
            assertThat(type.isReserved())
                    .as(type.name())
                    .isEqualTo(
                            (multipath || type == FrameType.MAX_PATH_ID)
                                    && type != FrameType.PATH_CHALLENGE
                                    && type != FrameType.PATH_RESPONSE
                                    && type != FrameType.PATH_SWITCH);
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {"RETRY", "VERSION_NEGOTIATION"},
            value = PacketType.class)
    void shouldNotBeAllowedInPacketsWithoutFrames(PacketType packet) {
        assertThat(FrameType.values()).noneMatch(type -> type.isAllowedIn(packet));
    }

    private static void assertFollows(String number, String packets, String rules) {
        FrameType type = FrameType.of(Long.decode(number));
        String allowed =
                (type.isAllowedIn(PacketType.INITIAL) ? "I" : "_")
                        + (type.isAllowedIn(PacketType.HANDSHAKE) ? "H" : "_")
                        + (type.isAllowedIn(PacketType.ZERO_RTT) ? "0" : "_")
                        + (type.isAllowedIn(PacketType.ONE_RTT) ? "1" : "_");
        String marks =
                (type.isAckEliciting() ? "" : "N")
                        + (type.isCongestionControlled() ? "" : "C")
                        + (type.isProbing() ? "P" : "")
                        + (type.isFlowControlled() ? "F" : "");
        assertThat(allowed).isEqualTo(packets);
        assertThat(marks).isEqualTo(rules);
    }
}
