package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteWriter;

/** HANDSHAKE_DONE: the server confirms the handshake (RFC 9000 §19.20). */
public final class HandshakeDoneFrame {
    static final int TYPE = 0x1e;

    /** How many bytes {@link #encode} writes. */
    public static final int SIZE = 1;

    static void decode(FrameHandler handler) {
        handler.onHandshakeDone();
    }

    public static void encode(ByteWriter out) {
        out.writeByte(TYPE);
    }

    private HandshakeDoneFrame() {}
}
