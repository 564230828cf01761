package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.VarInt;

/** CONNECTION_CLOSE: the connection ends, and why (RFC 9000 §19.19). */
public final class ConnectionCloseFrame {
    static final int TYPE = 0x1c;
    static final int TYPE_APPLICATION = 0x1d;

    static void decode(ByteReader in, boolean application, FrameHandler handler) {
        long errorCode = in.readVarint();
        long frameType = application ? 0 : in.readVarint();
        int reasonLength = in.readLength();
        handler.onConnectionClose(
                application, errorCode, frameType, in.array(), in.position(), reasonLength);
        in.skip(reasonLength);
    }

    /** How many bytes {@link #encode} will write. */
    public static int size(boolean application, long errorCode, long frameType, int reasonLength) {
        return 1
                + VarInt.size(errorCode)
                + (application ? 0 : VarInt.size(frameType))
                + VarInt.size(reasonLength)
                + reasonLength;
    }

    /**
     * Writes either variant.
     *
     * @param application whether the code is the application's; it has no frame type then
     * @param frameType the frame that caused it, 0 when unknown
     * @param reason UTF-8, may be empty
     */
    public static void encode(
            ByteWriter out, boolean application, long errorCode, long frameType, byte[] reason) {
        out.writeByte(application ? TYPE_APPLICATION : TYPE);
        out.writeVarint(errorCode);
        if (!application) {
            out.writeVarint(frameType);
        }
        out.writeVarint(reason.length);
        out.writeBytes(reason);
    }

    private ConnectionCloseFrame() {}
}
