package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.VarInt;

/**
 * MAX_DATA: raises the limit of bytes the peer may send on the whole connection (RFC 9000 §19.9).
 */
public final class MaxDataFrame {
    static final int TYPE = 0x10;

    static void decode(ByteReader in, FrameHandler handler) {
        handler.onMaxData(in.readVarint());
    }

    /** How many bytes {@link #encode} will write. */
    public static int size(long maximumBytes) {
        return 1 + VarInt.size(maximumBytes);
    }

    public static void encode(ByteWriter out, long maximumBytes) {
        out.writeByte(TYPE);
        out.writeVarint(maximumBytes);
    }

    private MaxDataFrame() {}
}
