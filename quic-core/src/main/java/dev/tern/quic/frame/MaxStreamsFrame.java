package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;
import dev.tern.quic.wire.VarInt;

/** MAX_STREAMS: raises the number of streams the peer may open (RFC 9000 §19.11). */
public final class MaxStreamsFrame {
    static final int TYPE_BIDIRECTIONAL = 0x12;
    static final int TYPE_UNIDIRECTIONAL = 0x13;

    /** With more, a stream ID would not fit into a variable-length integer (§4.6). */
    public static final long MAX_STREAMS = 1L << 60;

    static void decode(ByteReader in, boolean bidirectional, FrameHandler handler) {
        long maximumStreams = in.readVarint();
        if (maximumStreams > MAX_STREAMS) {
            throw new TransportException(
                    TransportError.FRAME_ENCODING_ERROR,
                    "MAX_STREAMS: " + maximumStreams + " streams, at most 2^60");
        }
        handler.onMaxStreams(bidirectional, maximumStreams);
    }

    /** How many bytes {@link #encode} will write. */
    public static int size(long maximumStreams) {
        return 1 + VarInt.size(maximumStreams);
    }

    public static void encode(ByteWriter out, boolean bidirectional, long maximumStreams) {
        out.writeByte(bidirectional ? TYPE_BIDIRECTIONAL : TYPE_UNIDIRECTIONAL);
        out.writeVarint(maximumStreams);
    }

    private MaxStreamsFrame() {}
}
