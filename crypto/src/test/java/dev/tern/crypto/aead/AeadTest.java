package dev.tern.crypto.aead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What holds for the AEADs of every provider there is. */
class AeadTest {
    private static final int HEADER_BYTES = 13;
    private static final int MAX_PAYLOAD_BYTES = 1500;
    private static final long MAX_PACKET_NUMBER = (1L << 62) - 1;

    /** One provider seals, another opens. */
    record Pair(AeadAlgorithm algorithm, AeadProvider sealer, AeadProvider opener) {
        Aead newSealer() {
            return sealer.aead(algorithm, key(algorithm.keyBytes()), key(Aead.NONCE_BYTES));
        }

        Aead newOpener() {
            return opener.aead(algorithm, key(algorithm.keyBytes()), key(Aead.NONCE_BYTES));
        }

        @Override
        public String toString() {
            return algorithm + " " + sealer.name() + " > " + opener.name();
        }
    }

    private static byte[] key(int length) {
        byte[] key = new byte[length];
        new Random(7).nextBytes(key);
        return key;
    }

    private static List<Pair> allPairs() {
        List<Pair> pairs = new ArrayList<>();
        for (AeadAlgorithm algorithm : AeadAlgorithm.values()) {
            for (AeadProvider sealer : AeadProviders.usable()) {
                for (AeadProvider opener : AeadProviders.usable()) {
                    if (sealer.supports(algorithm) && opener.supports(algorithm)) {
                        pairs.add(new Pair(algorithm, sealer, opener));
                    }
                }
            }
        }
        return pairs;
    }

    @Provide
    Arbitrary<Pair> pairs() {
        return Arbitraries.of(allPairs());
    }

    @Property(tries = 500)
    void shouldOpenWhatAnyOtherProviderSealed(
            @ForAll("pairs") Pair pair,
            @ForAll @IntRange(max = MAX_PAYLOAD_BYTES) int payloadLength,
            @ForAll @IntRange(max = 50) int offset,
            @ForAll @IntRange(min = 1, max = 60) int headerLength,
            @ForAll int pathId,
            @ForAll @LongRange(max = MAX_PACKET_NUMBER) long packetNumber) {
        byte[] buffer = new byte[offset + headerLength + payloadLength + Aead.TAG_BYTES + 5];
        new Random(packetNumber).nextBytes(buffer);
        byte[] before = buffer.clone();

        pair.newSealer().seal(pathId, packetNumber, buffer, offset, headerLength, payloadLength);
        assertThat(buffer).isNotEqualTo(before);
        int length =
                pair.newOpener()
                        .open(
                                pathId,
                                packetNumber,
                                buffer,
                                offset,
                                headerLength,
                                payloadLength + Aead.TAG_BYTES);

        assertThat(length).isEqualTo(payloadLength);
        int payloadEnd = offset + headerLength + payloadLength;
        assertThat(Arrays.copyOf(buffer, payloadEnd)).isEqualTo(Arrays.copyOf(before, payloadEnd));
        int sealedEnd = payloadEnd + Aead.TAG_BYTES;
        assertThat(Arrays.copyOfRange(buffer, sealedEnd, buffer.length))
                .isEqualTo(Arrays.copyOfRange(before, sealedEnd, buffer.length));
    }

    @Property(tries = 500)
    void shouldSealToOtherMemoryWhatItSealsInPlace(
            @ForAll("pairs") Pair pair,
            @ForAll @IntRange(max = MAX_PAYLOAD_BYTES) int payloadLength,
            @ForAll @IntRange(max = 50) int offset,
            @ForAll @IntRange(max = 70) int toOffset,
            @ForAll @IntRange(min = 1, max = 60) int headerLength) {
        int sealedLength = headerLength + payloadLength + Aead.TAG_BYTES;
        byte[] buffer = new byte[offset + sealedLength];
        new Random(payloadLength).nextBytes(buffer);
        byte[] inPlace = buffer.clone();
        MemorySegment to = Arena.ofAuto().allocate(toOffset + sealedLength + 1);

        pair.newSealer().seal(3, 7, inPlace, offset, headerLength, payloadLength);
        pair.newSealer().sealTo(3, 7, buffer, offset, headerLength, payloadLength, to, toOffset);

        assertThat(to.asSlice(toOffset, sealedLength).toArray(ValueLayout.JAVA_BYTE))
                .isEqualTo(Arrays.copyOfRange(inPlace, offset, inPlace.length));
        assertThat(to.get(ValueLayout.JAVA_BYTE, toOffset + sealedLength)).isZero();
    }

    @Example
    void shouldNotSealBeyondTheEndOfOtherMemory() {
        for (Pair pair : allPairs()) {
            Aead sealer = pair.newSealer();
            byte[] packet = new byte[HEADER_BYTES + 100 + Aead.TAG_BYTES];
            MemorySegment to = Arena.ofAuto().allocate(packet.length);

            assertThatThrownBy(() -> sealer.sealTo(0, 1, packet, 0, HEADER_BYTES, 100, to, 1))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Property(tries = 500)
    void shouldNotOpenAPacketWithAnyBitFlipped(
            @ForAll("pairs") Pair pair,
            @ForAll @IntRange(max = 300) int payloadLength,
            @ForAll @IntRange(max = (1 << 20) - 1) int bit) {
        byte[] packet = sealed(pair, payloadLength);
        int flipped = bit % (packet.length * Byte.SIZE);
        packet[flipped / Byte.SIZE] ^= (byte) (1 << flipped % Byte.SIZE);

        assertThat(open(pair.newOpener(), 0, 7, packet)).isEqualTo(-1);
    }

    @Example
    void shouldNotOpenWithAnotherHeaderNumberPathOrLength() {
        for (Pair pair : allPairs()) {
            byte[] packet = sealed(pair, 20);
            Aead opener = pair.newOpener();

            assertThat(open(opener, 0, 8, packet.clone())).as("number, %s", pair).isEqualTo(-1);
            assertThat(open(opener, 1, 7, packet.clone())).as("path, %s", pair).isEqualTo(-1);
            assertThat(open(opener, 0, 7, Arrays.copyOf(packet, packet.length - 1)))
                    .as("length, %s", pair)
                    .isEqualTo(-1);
            assertThat(opener.open(0, 7, packet.clone(), 1, HEADER_BYTES - 1, 36))
                    .as("header, %s", pair)
                    .isEqualTo(-1);
            assertThat(open(opener, 0, 7, packet)).as("the true one, %s", pair).isEqualTo(20);
        }
    }

    @Example
    void shouldNotOpenLessThanATag() {
        for (Pair pair : allPairs()) {
            Aead opener = pair.newOpener();
            for (int length = 0; length < Aead.TAG_BYTES; length++) {
                assertThat(opener.open(0, 7, new byte[60], 0, HEADER_BYTES, length)).isEqualTo(-1);
            }
        }
    }

    /** Whoever forges a packet first must not keep the true one out; a duplicate opens again. */
    @Example
    void shouldOpenTheSameNumberAgain() {
        for (Pair pair : allPairs()) {
            byte[] packet = sealed(pair, 20);
            byte[] forged = packet.clone();
            forged[20] ^= 1;
            Aead opener = pair.newOpener();

            assertThat(open(opener, 0, 7, forged)).as("forged, %s", pair).isEqualTo(-1);
            assertThat(open(opener, 0, 7, packet.clone())).as("true, %s", pair).isEqualTo(20);
            assertThat(open(opener, 0, 7, packet.clone())).as("again, %s", pair).isEqualTo(20);
        }
    }

    @Example
    void shouldSealAndOpenByTurns() {
        for (Pair pair : allPairs()) {
            Aead both = pair.newSealer();
            for (int number = 0; number < 4; number++) {
                byte[] packet = new byte[HEADER_BYTES + 20 + Aead.TAG_BYTES];
                both.seal(0, number, packet, 0, HEADER_BYTES, 20);
                assertThat(open(both, 0, number, packet)).as("%s", pair).isEqualTo(20);
            }
        }
    }

    @Example
    void shouldNotLeaveWhatIsNotAuthenticToRead() {
        for (Pair pair : allPairs()) {
            byte[] packet = sealed(pair, 100);
            packet[packet.length - 1] ^= 1;

            assertThat(open(pair.newOpener(), 0, 7, packet)).isEqualTo(-1);
            assertThat(Arrays.copyOfRange(packet, HEADER_BYTES, HEADER_BYTES + 100))
                    .as("%s", pair)
                    .isNotEqualTo(plain(100));
        }
    }

    @Example
    void shouldNotWorkOnceDestroyed() {
        for (Pair pair : allPairs()) {
            byte[] packet = sealed(pair, 20);
            Aead sealer = pair.newSealer();
            Aead opener = pair.newOpener();
            sealer.destroy();
            opener.destroy();
            opener.destroy();

            assertThatThrownBy(() -> sealer.seal(0, 7, new byte[100], 0, HEADER_BYTES, 20))
                    .as("%s", pair)
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> open(opener, 0, 7, packet))
                    .as("%s", pair)
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private static byte[] plain(int length) {
        byte[] plain = new byte[length];
        Arrays.fill(plain, (byte) 0x55);
        return plain;
    }

    private static byte[] sealed(Pair pair, int payloadLength) {
        byte[] packet = plain(HEADER_BYTES + payloadLength + Aead.TAG_BYTES);
        pair.newSealer().seal(0, 7, packet, 0, HEADER_BYTES, payloadLength);
        return packet;
    }

    private static int open(Aead opener, int pathId, long packetNumber, byte[] packet) {
        return opener.open(
                pathId, packetNumber, packet, 0, HEADER_BYTES, packet.length - HEADER_BYTES);
    }
}
