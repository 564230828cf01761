package dev.tern.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

class PacketProtectorTest {
    private static final byte[] SECRET = new byte[32];
    private static final int HEADER_BYTES = 13;
    private static final long MAX_PACKET_NUMBER = (1L << 62) - 1;

    @Property(tries = 200)
    void shouldOpenWhatWasSealedAtAnyPlaceInABuffer(
            @ForAll @Size(max = 1400) byte[] payload,
            @ForAll @IntRange(max = 50) int offset,
            @ForAll int pathId,
            @ForAll @LongRange(max = MAX_PACKET_NUMBER) long packetNumber) {
        byte[] buffer = buffer(payload, offset);
        byte[] around = buffer.clone();

        protector().seal(pathId, packetNumber, buffer, offset, HEADER_BYTES, payload.length);
        int length =
                protector()
                        .open(
                                pathId,
                                packetNumber,
                                buffer,
                                offset,
                                HEADER_BYTES,
                                payload.length + PacketProtector.TAG_BYTES);

        assertThat(length).isEqualTo(payload.length);
        int sealedEnd = offset + HEADER_BYTES + payload.length;
        assertThat(Arrays.copyOf(buffer, sealedEnd)).isEqualTo(Arrays.copyOf(around, sealedEnd));
    }

    @Property(tries = 300)
    void shouldNotOpenAPacketWithAnyBitFlipped(
            @ForAll @Size(min = 1, max = 200) byte[] payload,
            @ForAll @IntRange(max = (1 << 20) - 1) int bit) {
        byte[] buffer = buffer(payload, 0);
        int packetLength = HEADER_BYTES + payload.length + PacketProtector.TAG_BYTES;
        protector().seal(0, 7, buffer, 0, HEADER_BYTES, payload.length);

        int flipped = bit % (packetLength * Byte.SIZE);
        buffer[flipped / Byte.SIZE] ^= (byte) (1 << flipped % Byte.SIZE);

        assertThat(protector().open(0, 7, buffer, 0, HEADER_BYTES, packetLength - HEADER_BYTES))
                .isEqualTo(-1);
    }

    @Property(tries = 200)
    void shouldUnprotectTheHeaderThatWasProtected(
            @ForAll byte firstByte,
            @ForAll @IntRange(min = 1, max = 4) int pnLength,
            @ForAll @Size(40) byte[] bytes) {
        byte[] packet = bytes.clone();
        packet[0] = (byte) ((firstByte & ~3) | (pnLength - 1));
        byte[] before = packet.clone();

        protector().protectHeader(packet, 0, 9, pnLength);

        assertThat(protector().unprotectHeader(packet, 0, 9)).isEqualTo(pnLength);
        assertThat(packet).isEqualTo(before);
    }

    @Test
    void shouldMaskFourBitsOfLongAndFiveOfShortHeaders() {
        int longBits = 0;
        int shortBits = 0;
        for (int i = 0; i < 100; i++) {
            longBits |= maskedBits(0xc0, i) & 0xff;
            shortBits |= maskedBits(0x40, i) & 0xff;
        }

        assertThat(longBits).isEqualTo(0x0f);
        assertThat(shortBits).isEqualTo(0x1f);
    }

    private static int maskedBits(int firstByte, int sample) {
        byte[] packet = new byte[40];
        packet[0] = (byte) firstByte;
        packet[20] = (byte) sample;
        protector().protectHeader(packet, 0, 9, 1);
        return packet[0] ^ firstByte;
    }

    @Test
    void shouldNotOpenUnderAnotherPathIdOrPacketNumber() {
        byte[] sealed = buffer(new byte[20], 0);
        protector().seal(1, 7, sealed, 0, HEADER_BYTES, 20);

        assertThat(protector().open(0, 7, sealed.clone(), 0, HEADER_BYTES, 36)).isEqualTo(-1);
        assertThat(protector().open(1, 8, sealed.clone(), 0, HEADER_BYTES, 36)).isEqualTo(-1);
        assertThat(protector().open(1, 7, sealed.clone(), 0, HEADER_BYTES, 36)).isEqualTo(20);
    }

    @Test
    void shouldNotOpenLessThanATag() {
        byte[] buffer = buffer(new byte[20], 0);

        for (int length = 0; length < PacketProtector.TAG_BYTES; length++) {
            assertThat(protector().open(0, 7, buffer, 0, HEADER_BYTES, length)).isEqualTo(-1);
        }
    }

    @Test
    void shouldOpenAgainAfterAPacketThatFailed() {
        byte[] sealed = buffer(new byte[20], 0);
        protector().seal(0, 7, sealed, 0, HEADER_BYTES, 20);
        PacketProtector protector = protector();

        assertThat(protector.open(0, 7, new byte[60], 0, HEADER_BYTES, 36)).isEqualTo(-1);
        assertThat(protector.open(0, 7, sealed, 0, HEADER_BYTES, 36)).isEqualTo(20);
    }

    @Test
    void shouldNotWorkOnceDestroyed() {
        PacketProtector protector = protector();
        protector.destroy();

        assertThatThrownBy(() -> protector.seal(0, 7, new byte[100], 0, HEADER_BYTES, 20))
                .isInstanceOf(IllegalStateException.class);
    }

    @Property(tries = 100)
    void shouldProtectATrainAsItProtectsOnePacket(
            @ForAll CipherSuite suite,
            @ForAll @IntRange(max = 150) int packets,
            @ForAll @IntRange(min = 3, max = 300) int payloadLength,
            @ForAll @IntRange(min = 1, max = 4) int pnLength) {
        int headerLength = 9 + pnLength;
        int distance = headerLength + payloadLength + PacketProtector.TAG_BYTES;
        byte[] train = new byte[packets * distance];
        Arrays.fill(train, (byte) 0x41);
        byte[] singles = train.clone();
        byte[] secret = new byte[suite.hash().bytes()];
        PacketProtector single = PacketProtector.fromSecret(suite, KeySchedule.V2, secret);
        PacketTrain packetTrain = new PacketTrain(packets);
        for (int i = 0; i < packets; i++) {
            int start = i * distance;
            packetTrain.add(7 + i, start, start + 9, start + headerLength, payloadLength);
            single.seal(0, 7 + i, singles, start, headerLength, payloadLength);
            single.protectHeader(singles, start, start + 9, pnLength);
        }

        byte[] plain = train.clone();
        PacketProtector together = PacketProtector.fromSecret(suite, KeySchedule.V2, secret);
        together.protect(0, train, packetTrain);

        assertThat(train).isEqualTo(singles);

        MemorySegment elsewhere = Arena.ofAuto().allocate(5 + plain.length);
        packetTrain.target(elsewhere, 5);
        together.protect(0, plain, packetTrain);

        assertThat(elsewhere.asSlice(5).toArray(ValueLayout.JAVA_BYTE)).isEqualTo(singles);
        assertThat(packetTrain.spans(singles.length)).isEqualTo(packets > 0);
    }

    private static PacketProtector protector() {
        return PacketProtector.fromSecret(CipherSuite.AES_128_GCM_SHA256, SECRET);
    }

    private static byte[] buffer(byte[] payload, int offset) {
        byte[] buffer =
                new byte[offset + HEADER_BYTES + payload.length + PacketProtector.TAG_BYTES + 5];
        Arrays.fill(buffer, (byte) 0x55);
        System.arraycopy(payload, 0, buffer, offset + HEADER_BYTES, payload.length);
        return buffer;
    }
}
