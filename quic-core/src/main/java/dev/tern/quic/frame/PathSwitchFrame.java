package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;
import dev.tern.quic.wire.VarInt;

/**
 * PATH_SWITCH: from here on its sender sends on the path that this frame came by (Tern's own, used
 * only when both sides sent Tern's transport parameter).
 */
public final class PathSwitchFrame {
    static final long TYPE = 0x7465726e10L;

    /** The new path is better; the old one still works. */
    public static final long BETTER = 0;

    /** The old path is gone, and all that is in flight on it is lost. */
    public static final long GONE = 1;

    /** The old path has fallen silent. */
    public static final long SUSPECT = 2;

    static void decode(ByteReader in, FrameHandler handler) {
        long epoch = in.readVarint();
        long reason = in.readVarint();
        if (reason > SUSPECT) {
            throw new TransportException(
                    TransportError.FRAME_ENCODING_ERROR, "PATH_SWITCH: no reason " + reason);
        }
        handler.onPathSwitch(epoch, reason);
    }

    /** How many bytes {@link #encode} will write. */
    public static int size(long epoch, long reason) {
        return VarInt.size(TYPE) + VarInt.size(epoch) + VarInt.size(reason);
    }

    public static void encode(ByteWriter out, long epoch, long reason) {
        out.writeVarint(TYPE);
        out.writeVarint(epoch);
        out.writeVarint(reason);
    }

    private PathSwitchFrame() {}
}
