package dev.tern.perf.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.frame.FrameReader;
import dev.tern.quic.frame.FrameType;
import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.PacketType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;

class SampleFrameTest {
    @Test
    void shouldHoldEveryFrameTypeThatIsSpoken() {
        assertThat(SampleFrame.values())
                .extracting(SampleFrame::name)
                .containsExactlyElementsOf(
                        Arrays.stream(FrameType.values())
                                .filter(type -> !type.isReserved())
                                .map(FrameType::name)
                                .toList());
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeOneFrameOfItsType(SampleFrame frame) {
        ByteWriter out = new ByteWriter().wrap(new byte[1500], 0, 1500);

        frame.encode(out);

        ByteReader in = new ByteReader().wrap(out.array(), 0, out.position());
        assertThat(FrameType.of(in.readVarint())).hasToString(frame.name());
        FrameReader reader = new FrameReader();
        SummingHandler handler = new SummingHandler();
        reader.read(in.wrap(out.array(), 0, out.position()), PacketType.ONE_RTT, handler);
        assertThat(handler.sum()).isNotZero();
    }
}
