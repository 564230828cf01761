package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.VarInt;

/** DATA_BLOCKED: the sender is held up by the connection's limit (RFC 9000 §19.12). */
public final class DataBlockedFrame {
    static final int TYPE = 0x14;

    static void decode(ByteReader in, FrameHandler handler) {
        handler.onDataBlocked(in.readVarint());
    }

    /** How many bytes {@link #encode} will write. */
    public static int size(long limitBytes) {
        return 1 + VarInt.size(limitBytes);
    }

    public static void encode(ByteWriter out, long limitBytes) {
        out.writeByte(TYPE);
        out.writeVarint(limitBytes);
    }

    private DataBlockedFrame() {}
}
