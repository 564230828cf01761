package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.VarInt;

/** STREAM_DATA_BLOCKED: the sender is held up by a stream's limit (RFC 9000 §19.13). */
public final class StreamDataBlockedFrame {
    static final int TYPE = 0x15;

    static void decode(ByteReader in, FrameHandler handler) {
        handler.onStreamDataBlocked(in.readVarint(), in.readVarint());
    }

    /** How many bytes {@link #encode} will write. */
    public static int size(long streamId, long limitBytes) {
        return 1 + VarInt.size(streamId) + VarInt.size(limitBytes);
    }

    public static void encode(ByteWriter out, long streamId, long limitBytes) {
        out.writeByte(TYPE);
        out.writeVarint(streamId);
        out.writeVarint(limitBytes);
    }

    private StreamDataBlockedFrame() {}
}
