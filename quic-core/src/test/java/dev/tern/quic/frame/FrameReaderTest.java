package dev.tern.quic.frame;

import static dev.tern.quic.wire.TransportError.FRAME_ENCODING_ERROR;
import static dev.tern.quic.wire.TransportError.PROTOCOL_VIOLATION;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.PacketType;
import dev.tern.quic.wire.TransportException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HexFormat;

class FrameReaderTest {
    private final FrameReader reader = new FrameReader();
    private final RecordingFrameHandler handler = new RecordingFrameHandler();

    @Test
    void shouldRefuseAPacketWithoutAFrame() {
        assertRefused("", PacketType.ONE_RTT, PROTOCOL_VIOLATION);
    }

    @Test
    void shouldRefuseATypeThatIsNotInItsShortestForm() {
        assertRefused("4001", PacketType.ONE_RTT, PROTOCOL_VIOLATION);
        assertRefused("c000000000000000", PacketType.ONE_RTT, PROTOCOL_VIOLATION);
    }

    @ParameterizedTest
    @CsvSource({
        "20, unknown",
        "32, unknown",
        "4052, unknown",
        "bfffffff, unknown",
        "ffffffffffffffff, unknown",
        "3e 00 00 00 00 00, PATH_ACK",
        "7e75 00 00, PATH_ABANDON",
        "7e7c 00 00, PATH_CIDS_BLOCKED",
        "07 00, NEW_TOKEN without a token",
        "12 d000000000000001, MAX_STREAMS 2^60 + 1",
        "13 d000000000000001, MAX_STREAMS 2^60 + 1",
        "16 d000000000000001, STREAMS_BLOCKED 2^60 + 1",
        "17 d000000000000001, STREAMS_BLOCKED 2^60 + 1",
        "06 ffffffffffffffff 01 aa, CRYPTO past 2^62 - 1",
        "0e 00 ffffffffffffffff 01 aa, STREAM past 2^62 - 1",
        "0c 00 ffffffffffffffff aa, STREAM to the end past 2^62 - 1",
        "18 01 02 01 aa 00000000000000000000000000000000, retires more than it brings",
        "18 01 00 00 00000000000000000000000000000000, ID without a byte",
        "18 01 00 15 000000000000000000000000000000000000000000 00000000000000000000000000000000, 21",
        "02 05 00 00 06, ACK below packet 0",
        "02 05 00 01 05 00 00, ACK gap below packet 0",
        "02 05 00 01 02 01 01, ACK range below packet 0",
        "02 05 00 3f 00, ACK with fewer ranges than it says",
        "02 05 00 ffffffffffffffff 00, ACK with fewer ranges than it says",
        "03 05 00 00 00 01 01, ACK without its last count",
        "c000007465726e10 00 03, PATH_SWITCH for no known reason",
        "c000007465726e11 05 00, address of no known family"
    })
    void shouldRefuseMalformedFrames(String hex, String what) {
        assertThat(what).isNotEmpty();
        assertRefused(hex, PacketType.ONE_RTT, FRAME_ENCODING_ERROR);
    }

    @ParameterizedTest
    @CsvSource({
        "INITIAL, 08 00",
        "INITIAL, 1d 00 00",
        "HANDSHAKE, 1e",
        "HANDSHAKE, 31 00",
        "ZERO_RTT, 06 00 00",
        "ZERO_RTT, 02 00 00 00 00",
        "ZERO_RTT, 1b 0000000000000000",
        "ZERO_RTT, c000007465726e10 00 00",
        "RETRY, 01",
        "VERSION_NEGOTIATION, 01"
    })
    void shouldRefuseFramesInTheWrongPacket(PacketType packet, String hex) {
        assertRefused(hex, packet, PROTOCOL_VIOLATION);
    }

    @Test
    void shouldTellOfARunOfPaddingOnce() {
        read("00000000 01 0000", PacketType.INITIAL);

        assertThat(handler.heard()).containsExactly("padding 4", "ping", "padding 2");
    }

    @Test
    void shouldReadARange() {
        // RFC 9000 §19.3.1: 10 to 8 acknowledged, 7 missing, then 6 and 5.
        read("02 0a 05 01 02 00 01", PacketType.ONE_RTT);

        assertThat(handler.heard())
                .containsExactly(
                        "ackBegin 10 5", "ackRange 8 10", "ackRange 5 6", "ackEnd -1 -1 -1");
    }

    @Test
    void shouldTellProbesFromOtherPackets() {
        read("1a 0102030405060708 00", PacketType.ONE_RTT);
        assertThat(reader.probingOnly()).isTrue();
        assertThat(reader.ackEliciting()).isTrue();

        read("1a 0102030405060708 01", PacketType.ONE_RTT);
        assertThat(reader.probingOnly()).isFalse();

        read("02 00 00 00 00 00", PacketType.ONE_RTT);
        assertThat(reader.probingOnly()).isFalse();
        assertThat(reader.ackEliciting()).isFalse();
    }

    @Test
    void shouldReadAMappedAddressAsTheAddressItMeans() {
        read("809f81a7" + "05" + "00000000000000000000ffffc0000207" + "1151", PacketType.ONE_RTT);

        assertThat(handler.heard()).containsExactly("observedAddress 5 /192.0.2.7:4433");
    }

    private void read(String hex, PacketType packet) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        reader.read(new ByteReader().wrap(bytes, 0, bytes.length), packet, handler);
    }

    private void assertRefused(String hex, PacketType packet, long code) {
        assertThatThrownBy(() -> read(hex, packet))
                .isInstanceOfSatisfying(
                        TransportException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
