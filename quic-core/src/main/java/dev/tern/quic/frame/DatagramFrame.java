package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.VarInt;

/** DATAGRAM: bytes that are not sent again when lost (RFC 9221 §4). */
public final class DatagramFrame {
    static final int TYPE_TO_END = 0x30;
    static final int TYPE_WITH_LENGTH = 0x31;

    static void decode(ByteReader in, boolean withLength, FrameHandler handler) {
        int length = withLength ? in.readLength() : in.remaining();
        handler.onDatagram(in.array(), in.position(), length);
        in.skip(length);
    }

    /** How many bytes {@link #encodeHeader} will write. */
    public static int headerSize(int length) {
        return 1 + VarInt.size(length);
    }

    /** Writes all but the data, which the caller puts behind it. */
    public static void encodeHeader(ByteWriter out, int length) {
        out.writeByte(TYPE_WITH_LENGTH);
        out.writeVarint(length);
    }

    /** The same without a length: the data that the caller puts behind it must end the packet. */
    public static void encodeHeaderToEnd(ByteWriter out) {
        out.writeByte(TYPE_TO_END);
    }

    private DatagramFrame() {}
}
