package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.VarInt;

/** STOP_SENDING: the receiver wants no more of a stream (RFC 9000 §19.5). */
public final class StopSendingFrame {
    static final int TYPE = 0x05;

    static void decode(ByteReader in, FrameHandler handler) {
        handler.onStopSending(in.readVarint(), in.readVarint());
    }

    /** How many bytes {@link #encode} will write. */
    public static int size(long streamId, long errorCode) {
        return 1 + VarInt.size(streamId) + VarInt.size(errorCode);
    }

    public static void encode(ByteWriter out, long streamId, long errorCode) {
        out.writeByte(TYPE);
        out.writeVarint(streamId);
        out.writeVarint(errorCode);
    }

    private StopSendingFrame() {}
}
