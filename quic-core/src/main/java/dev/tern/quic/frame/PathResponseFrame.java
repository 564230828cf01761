package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;

/** PATH_RESPONSE: answers a PATH_CHALLENGE (RFC 9000 §19.18). */
public final class PathResponseFrame {
    static final int TYPE = 0x1b;

    /** How many bytes {@link #encode} writes. */
    public static final int SIZE = 1 + Long.BYTES;

    static void decode(ByteReader in, FrameHandler handler) {
        handler.onPathResponse(in.readLong());
    }

    public static void encode(ByteWriter out, long data) {
        out.writeByte(TYPE);
        out.writeLong(data);
    }

    private PathResponseFrame() {}
}
