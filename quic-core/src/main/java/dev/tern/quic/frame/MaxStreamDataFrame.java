package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.VarInt;

/** MAX_STREAM_DATA: raises the limit of bytes the peer may send on one stream (RFC 9000 §19.10). */
public final class MaxStreamDataFrame {
    static final int TYPE = 0x11;

    static void decode(ByteReader in, FrameHandler handler) {
        handler.onMaxStreamData(in.readVarint(), in.readVarint());
    }

    /** How many bytes {@link #encode} will write. */
    public static int size(long streamId, long maximumBytes) {
        return 1 + VarInt.size(streamId) + VarInt.size(maximumBytes);
    }

    public static void encode(ByteWriter out, long streamId, long maximumBytes) {
        out.writeByte(TYPE);
        out.writeVarint(streamId);
        out.writeVarint(maximumBytes);
    }

    private MaxStreamDataFrame() {}
}
