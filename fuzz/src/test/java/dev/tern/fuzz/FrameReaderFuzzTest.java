package dev.tern.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.tern.quic.frame.FrameReader;
import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.PacketType;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;

/** A payload behind one byte that says in what packet it came. */
class FrameReaderFuzzTest {
    private static final PacketType[] PACKETS = PacketType.values();

    private final FrameReader reader = new FrameReader();
    private final ByteReader in = new ByteReader();
    private final BoundsCheckingHandler handler = new BoundsCheckingHandler();

    @FuzzTest
    void shouldReadOrRefuse(byte[] input) {
        if (input.length == 0) {
            return;
        }
        in.wrap(input, 1, input.length - 1);
        try {
            reader.read(in, PACKETS[(input[0] & 0xff) % PACKETS.length], handler);
            assertThat(in.hasRemaining()).isFalse();
        } catch (TransportException e) {
            assertThat(e.code())
                    .isIn(TransportError.FRAME_ENCODING_ERROR, TransportError.PROTOCOL_VIOLATION);
        }
    }
}
