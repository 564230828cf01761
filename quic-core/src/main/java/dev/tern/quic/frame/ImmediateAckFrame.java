package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteWriter;

/** IMMEDIATE_ACK: asks for an acknowledgement now (draft-ietf-quic-ack-frequency). */
public final class ImmediateAckFrame {
    static final int TYPE = 0x1f;

    public static final int SIZE = 1;

    static void decode(FrameHandler handler) {
        handler.onImmediateAck();
    }

    public static void encode(ByteWriter out) {
        out.writeVarint(TYPE);
    }

    private ImmediateAckFrame() {}
}
