package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.VarInt;

/** RESET_STREAM: the sender gives a stream up (RFC 9000 §19.4). */
public final class ResetStreamFrame {
    static final int TYPE = 0x04;

    static void decode(ByteReader in, FrameHandler handler) {
        handler.onResetStream(in.readVarint(), in.readVarint(), in.readVarint());
    }

    /** How many bytes {@link #encode} will write. */
    public static int size(long streamId, long errorCode, long finalSize) {
        return 1 + VarInt.size(streamId) + VarInt.size(errorCode) + VarInt.size(finalSize);
    }

    public static void encode(ByteWriter out, long streamId, long errorCode, long finalSize) {
        out.writeByte(TYPE);
        out.writeVarint(streamId);
        out.writeVarint(errorCode);
        out.writeVarint(finalSize);
    }

    private ResetStreamFrame() {}
}
