package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.VarInt;

/** RETIRE_CONNECTION_ID: an ID of the peer's will not be used again (RFC 9000 §19.16). */
public final class RetireConnectionIdFrame {
    static final int TYPE = 0x19;

    static void decode(ByteReader in, FrameHandler handler) {
        handler.onRetireConnectionId(in.readVarint());
    }

    /** How many bytes {@link #encode} will write. */
    public static int size(long sequence) {
        return 1 + VarInt.size(sequence);
    }

    public static void encode(ByteWriter out, long sequence) {
        out.writeByte(TYPE);
        out.writeVarint(sequence);
    }

    private RetireConnectionIdFrame() {}
}
