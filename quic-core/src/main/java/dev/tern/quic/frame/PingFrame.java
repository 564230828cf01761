package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteWriter;

/** PING: asks for an acknowledgement (RFC 9000 §19.2). */
public final class PingFrame {
    static final int TYPE = 0x01;

    /** How many bytes {@link #encode} writes. */
    public static final int SIZE = 1;

    static void decode(FrameHandler handler) {
        handler.onPing();
    }

    public static void encode(ByteWriter out) {
        out.writeByte(TYPE);
    }

    private PingFrame() {}
}
