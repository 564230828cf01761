package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;

/** PATH_CHALLENGE: asks whether a path reaches the peer (RFC 9000 §19.17). */
public final class PathChallengeFrame {
    static final int TYPE = 0x1a;

    /** How many bytes {@link #encode} writes. */
    public static final int SIZE = 1 + Long.BYTES;

    static void decode(ByteReader in, FrameHandler handler) {
        handler.onPathChallenge(in.readLong());
    }

    public static void encode(ByteWriter out, long data) {
        out.writeByte(TYPE);
        out.writeLong(data);
    }

    private PathChallengeFrame() {}
}
