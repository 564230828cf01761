package dev.tern.quic.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.buf.RangeSet;
import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.PacketType;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

class AckFrameTest {
    private final ByteWriter out = new ByteWriter();
    private final byte[] bytes = new byte[600];

    @Test
    void shouldWriteNothingWhenNotEvenOneRangeFits() {
        RangeSet received = everySecond(3);

        int ranges = AckFrame.encode(out.wrap(bytes, 0, 4), received, 0, 10);

        assertThat(ranges).isZero();
        assertThat(out.position()).isZero();
    }

    @Test
    void shouldWriteNoMoreRangesThanAsked() {
        int ranges = AckFrame.encode(out.wrap(bytes, 0, 600), everySecond(50), 0, 7);

        assertThat(ranges).isEqualTo(7);
    }

    @Property(tries = 300)
    void shouldWriteTheNewestRangesThatFit(
            @ForAll @IntRange(min = 1, max = 150) int count,
            @ForAll @IntRange(max = 400) int room,
            @ForAll boolean ecn) {
        RangeSet received = everySecond(count);
        out.wrap(bytes, 0, room);

        int ranges =
                ecn
                        ? AckFrame.encode(out, received, 9, 1000, 1, 2, 3)
                        : AckFrame.encode(out, received, 9, 1000);

        if (ranges == 0) {
            assertThat(out.position()).isZero();
            assertThat(room).isLessThan(12);
            return;
        }
        RecordingFrameHandler handler = new RecordingFrameHandler();
        new FrameReader()
                .read(new ByteReader().wrap(bytes, 0, out.position()), PacketType.ONE_RTT, handler);
        assertThat(handler.heard()).hasSize(ranges + 2);
        assertThat(handler.heard().get(ranges))
                .isEqualTo(
                        "ackRange "
                                + received.smallest(ranges - 1)
                                + " "
                                + received.largest(ranges - 1));
        assertThat(ranges == count || out.remaining() < 3).isTrue();
    }

    private static RangeSet everySecond(int count) {
        RangeSet received = new RangeSet(200);
        for (int i = 0; i < count; i++) {
            received.addPoint(2L * i);
        }
        return received;
    }
}
