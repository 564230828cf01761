package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;

/** PADDING: bytes of no meaning that make a packet larger (RFC 9000 §19.1). */
public final class PaddingFrame {
    static final int TYPE = 0x00;

    /** Reads the whole run that follows the type already read, and tells of it once. */
    static void decode(ByteReader in, FrameHandler handler) {
        byte[] array = in.array();
        int start = in.position();
        int end = start + in.remaining();
        int position = start;
        while (position < end && array[position] == TYPE) {
            position++;
        }
        in.skip(position - start);
        handler.onPadding(position - start + 1);
    }

    /** Writes {@code count} frames, one byte each. */
    public static void encode(ByteWriter out, int count) {
        out.writeZeros(count);
    }

    private PaddingFrame() {}
}
