package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;
import dev.tern.quic.wire.VarInt;

/** STREAMS_BLOCKED: the peer would open a stream but may not (RFC 9000 §19.14). */
public final class StreamsBlockedFrame {
    static final int TYPE_BIDIRECTIONAL = 0x16;
    static final int TYPE_UNIDIRECTIONAL = 0x17;

    static void decode(ByteReader in, boolean bidirectional, FrameHandler handler) {
        long limitStreams = in.readVarint();
        if (limitStreams > MaxStreamsFrame.MAX_STREAMS) {
            throw new TransportException(
                    TransportError.FRAME_ENCODING_ERROR,
                    "STREAMS_BLOCKED: " + limitStreams + " streams, at most 2^60");
        }
        handler.onStreamsBlocked(bidirectional, limitStreams);
    }

    /** How many bytes {@link #encode} will write. */
    public static int size(long limitStreams) {
        return 1 + VarInt.size(limitStreams);
    }

    public static void encode(ByteWriter out, boolean bidirectional, long limitStreams) {
        out.writeByte(bidirectional ? TYPE_BIDIRECTIONAL : TYPE_UNIDIRECTIONAL);
        out.writeVarint(limitStreams);
    }

    private StreamsBlockedFrame() {}
}
