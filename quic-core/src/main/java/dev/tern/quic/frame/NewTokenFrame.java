package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;
import dev.tern.quic.wire.VarInt;

/** NEW_TOKEN: proves the client's address on its next connection (RFC 9000 §19.7). */
public final class NewTokenFrame {
    static final int TYPE = 0x07;

    static void decode(ByteReader in, FrameHandler handler) {
        int length = in.readLength();
        if (length == 0) {
            throw new TransportException(
                    TransportError.FRAME_ENCODING_ERROR, "NEW_TOKEN: empty token");
        }
        handler.onNewToken(in.array(), in.position(), length);
        in.skip(length);
    }

    /** How many bytes {@link #encode} will write. */
    public static int size(int tokenLength) {
        return 1 + VarInt.size(tokenLength) + tokenLength;
    }

    public static void encode(ByteWriter out, byte[] token) {
        out.writeByte(TYPE);
        out.writeVarint(token.length);
        out.writeBytes(token);
    }

    private NewTokenFrame() {}
}
