package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;
import dev.tern.quic.wire.VarInt;

/** STREAM: bytes of a stream, at their offset (RFC 9000 §19.8). */
public final class StreamFrame {
    /** First of the eight types; the three low bits say which fields there are. */
    static final int TYPE = 0x08;

    static final int FIN_BIT = 0x01;
    static final int LENGTH_BIT = 0x02;
    static final int OFFSET_BIT = 0x04;

    static void decode(ByteReader in, int flags, FrameHandler handler) {
        long streamId = in.readVarint();
        long streamOffset = (flags & OFFSET_BIT) != 0 ? in.readVarint() : 0;
        int length = (flags & LENGTH_BIT) != 0 ? in.readLength() : in.remaining();
        if (streamOffset > VarInt.MAX - length) {
            throw new TransportException(
                    TransportError.FRAME_ENCODING_ERROR,
                    "stream "
                            + streamId
                            + ": "
                            + length
                            + " bytes at offset "
                            + streamOffset
                            + " pass 2^62 - 1");
        }
        boolean fin = (flags & FIN_BIT) != 0;
        handler.onStream(streamId, streamOffset, in.array(), in.position(), length, fin);
        in.skip(length);
    }

    /** How many bytes {@link #encodeHeader} will write. */
    public static int headerSize(long streamId, long streamOffset, int length) {
        return headerSizeToEnd(streamId, streamOffset) + VarInt.size(length);
    }

    /** Writes all but the data, which the caller puts behind it. */
    public static void encodeHeader(
            ByteWriter out, long streamId, long streamOffset, int length, boolean fin) {
        writeStart(out, LENGTH_BIT, streamId, streamOffset, fin);
        out.writeVarint(length);
    }

    /** How many bytes {@link #encodeHeaderToEnd} will write. */
    public static int headerSizeToEnd(long streamId, long streamOffset) {
        return 1 + VarInt.size(streamId) + (streamOffset == 0 ? 0 : VarInt.size(streamOffset));
    }

    /** The same without a length: the data that the caller puts behind it must end the packet. */
    public static void encodeHeaderToEnd(
            ByteWriter out, long streamId, long streamOffset, boolean fin) {
        writeStart(out, 0, streamId, streamOffset, fin);
    }

    private static void writeStart(
            ByteWriter out, int lengthBit, long streamId, long streamOffset, boolean fin) {
        out.writeByte(
                TYPE | lengthBit | (streamOffset == 0 ? 0 : OFFSET_BIT) | (fin ? FIN_BIT : 0));
        out.writeVarint(streamId);
        if (streamOffset != 0) {
            out.writeVarint(streamOffset);
        }
    }

    private StreamFrame() {}
}
