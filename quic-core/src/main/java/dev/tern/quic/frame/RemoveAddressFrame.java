package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.VarInt;

/**
 * REMOVE_ADDRESS: an address announced by ADD_ADDRESS is gone
 * (draft-seemann-quic-nat-traversal-02).
 */
public final class RemoveAddressFrame {
    static final int TYPE = 0x3d7e94;

    static void decode(ByteReader in, FrameHandler handler) {
        handler.onRemoveAddress(in.readVarint());
    }

    /** How many bytes {@link #encode} will write. */
    public static int size(long sequence) {
        return VarInt.size(TYPE) + VarInt.size(sequence);
    }

    public static void encode(ByteWriter out, long sequence) {
        out.writeVarint(TYPE);
        out.writeVarint(sequence);
    }

    private RemoveAddressFrame() {}
}
