package dev.tern.quic.wire;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

class PacketNumbersTest {
    @Test
    void shouldEncodeAsTheRfcSays() {
        // RFC 9000 §A.2
        assertThat(PacketNumbers.encodedLength(0xac5c02, 0xabe8b3)).isEqualTo(2);
        assertThat(PacketNumbers.encodedLength(0xace8fe, 0xabe8b3)).isEqualTo(3);
    }

    @Test
    void shouldDecodeAsTheRfcSays() {
        // RFC 9000 §A.3
        assertThat(PacketNumbers.decode(0x9b32, 2, 0xa82f30eaL + 1)).isEqualTo(0xa82f9b32L);
    }

    @Test
    void shouldTakeOneByteForTheFirstPacket() {
        assertThat(PacketNumbers.encodedLength(0, -1)).isEqualTo(1);
        assertThat(PacketNumbers.decode(0, 1, 0)).isZero();
    }

    @Test
    void shouldNeverTakeMoreThanFourBytes() {
        assertThat(PacketNumbers.encodedLength(VarInt.MAX, -1)).isEqualTo(4);
    }

    @Property(tries = 500)
    void shouldComeBackWhateverTheReceiverHasSeenSinceTheLastAck(
            @ForAll @LongRange(max = (1L << 61)) long largestAcked,
            @ForAll @LongRange(min = 1, max = (1L << 31) - 1) long unacked,
            @ForAll @LongRange(max = Long.MAX_VALUE) long progress) {
        long packetNumber = largestAcked + unacked;
        long expected = largestAcked + 1 + progress % unacked;
        int length = PacketNumbers.encodedLength(packetNumber, largestAcked);
        byte[] bytes = new byte[4];
        PacketNumbers.write(new ByteWriter().wrap(bytes, 0, length), packetNumber, length);

        long truncated = PacketNumbers.read(bytes, 0, length);

        assertThat(PacketNumbers.decode(truncated, length, expected)).isEqualTo(packetNumber);
    }
}
