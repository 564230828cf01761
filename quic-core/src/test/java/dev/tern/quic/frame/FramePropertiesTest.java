package dev.tern.quic.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.Mutation;
import dev.tern.quic.wire.PacketType;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What holds for every frame. */
class FramePropertiesTest {
    private final FrameReader reader = new FrameReader();

    @ParameterizedTest
    @EnumSource
    void shouldRoundTripEveryType(FrameType type) {
        if (!type.isReserved()) {
            for (int seed = 0; seed < 20; seed++) {
                shouldRoundTrip(FrameSamples.any(type, new Random(seed)));
            }
        }
    }

    @Property(tries = 500)
    void shouldRoundTrip(@ForAll(supplier = FrameSamples.class) FrameSample sample) {
        ByteWriter out = FrameSample.encode(List.of(sample));

        assertThat(read(out.array(), out.position())).isEqualTo(sample.heard());

        assertThat(out.position()).as("size").isEqualTo(sample.size());
        assertThat(reader.ackEliciting()).isEqualTo(sample.type().isAckEliciting());
        assertThat(reader.probingOnly()).isEqualTo(sample.type().isProbing());
    }

    @Property(tries = 300)
    void shouldHearFramesInTheirOrder(@ForAll("packets") List<FrameSample> packet) {
        ByteWriter out = FrameSample.encode(packet);

        List<String> heard = read(out.array(), out.position());

        assertThat(heard).isEqualTo(packet.stream().flatMap(s -> s.heard().stream()).toList());
        assertThat(reader.ackEliciting())
                .isEqualTo(packet.stream().anyMatch(s -> s.type().isAckEliciting()));
        assertThat(reader.probingOnly())
                .isEqualTo(packet.stream().allMatch(s -> s.type().isProbing()));
    }

    @Property(tries = 300)
    void shouldRefuseAFrameCutAnywhere(@ForAll(supplier = FrameSamples.class) FrameSample sample) {
        ByteWriter out = FrameSample.encode(List.of(sample));
        boolean anyLengthIsWhole = sample.toEnd() || sample.type() == FrameType.PADDING;

        for (int length = 1; length < out.position(); length++) {
            int cut = length;
            Throwable thrown = catchThrowable(() -> read(out.array(), cut));
            if (thrown != null || !anyLengthIsWhole) {
                assertThat(thrown).as("%s bytes", length).satisfies(FramePropertiesTest::isRefusal);
            }
        }
    }

    @Property(tries = 500)
    void shouldThrowNothingElseForAnyBytes(
            @ForAll @Size(max = 80) byte[] bytes, @ForAll PacketType packet) {
        onlyRefusals(bytes, bytes.length, packet);
    }

    @Property(tries = 500)
    void shouldThrowNothingElseForSpoiledBytes(
            @ForAll("packets") List<FrameSample> packet, @ForAll Random random) {
        ByteWriter out = FrameSample.encode(packet);

        byte[] spoiled = Mutation.of(Arrays.copyOf(out.array(), out.position()), random);

        onlyRefusals(spoiled, spoiled.length, PacketType.ONE_RTT);
    }

    /** One packet of up to eight frames, only the last of which may reach to its end. */
    @Provide
    Arbitrary<List<FrameSample>> packets() {
        return Arbitraries.randomValue(
                random -> {
                    List<FrameSample> packet = new ArrayList<>();
                    for (int i = random.nextInt(8); i > 0; i--) {
                        FrameSample sample = FrameSamples.any(random);
                        if (!sample.toEnd() && sample.type() != FrameType.PADDING) {
                            packet.add(sample);
                        }
                    }
                    packet.add(FrameSamples.any(FrameType.DATAGRAM, random));
                    return packet;
                });
    }

    private List<String> read(byte[] bytes, int length) {
        RecordingFrameHandler handler = new RecordingFrameHandler();
        reader.read(new ByteReader().wrap(bytes, 0, length), PacketType.ONE_RTT, handler);
        return handler.heard();
    }

    private void onlyRefusals(byte[] bytes, int length, PacketType packet) {
        ByteReader in = new ByteReader().wrap(bytes, 0, length);
        Throwable thrown =
                catchThrowable(() -> reader.read(in, packet, new RecordingFrameHandler()));
        if (thrown == null) {
            assertThat(in.hasRemaining()).isFalse();
        } else {
            isRefusal(thrown);
        }
    }

    private static void isRefusal(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        TransportException.class,
                        e ->
                                assertThat(e.code())
                                        .isIn(
                                                TransportError.FRAME_ENCODING_ERROR,
                                                TransportError.PROTOCOL_VIOLATION));
    }
}
