package dev.tern.peer.interop.http3;

import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.VarInt;

/** Writes frames (RFC 9114 §7.1). */
final class Frames {
    private Frames() {}

    /** Type and length; the payload follows elsewhere. */
    static byte[] header(FrameType type, long length) {
        byte[] header = new byte[VarInt.size(type.number()) + VarInt.size(length)];
        ByteWriter out = new ByteWriter().wrap(header, 0, header.length);
        out.writeVarint(type.number());
        out.writeVarint(length);
        return header;
    }

    static byte[] whole(FrameType type, byte[] payload) {
        byte[] header = header(type, payload.length);
        byte[] frame = new byte[header.length + payload.length];
        ByteWriter out = new ByteWriter().wrap(frame, 0, frame.length);
        out.writeBytes(header);
        out.writeBytes(payload);
        return frame;
    }
}
