package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.StatelessResetToken;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;
import dev.tern.quic.wire.VarInt;

/** NEW_CONNECTION_ID: one more ID under which its sender can be reached (RFC 9000 §19.15). */
public final class NewConnectionIdFrame {
    static final int TYPE = 0x18;

    static void decode(ByteReader in, FrameHandler handler) {
        long sequence = in.readVarint();
        long retirePriorTo = readRetirePriorTo(in, sequence);
        int idLength = readIdLength(in);
        int idOffset = in.position();
        in.skip(idLength + StatelessResetToken.LENGTH);
        handler.onNewConnectionId(
                sequence, retirePriorTo, in.array(), idOffset, idLength, idOffset + idLength);
    }

    /** How many bytes {@link #encode} will write. */
    public static int size(long sequence, long retirePriorTo, ConnectionId id) {
        return 1 + bodySize(sequence, retirePriorTo, id);
    }

    public static void encode(
            ByteWriter out,
            long sequence,
            long retirePriorTo,
            ConnectionId id,
            StatelessResetToken token) {
        out.writeByte(TYPE);
        encodeBody(out, sequence, retirePriorTo, id, token);
    }

    static int bodySize(long sequence, long retirePriorTo, ConnectionId id) {
        return VarInt.size(sequence)
                + VarInt.size(retirePriorTo)
                + 1
                + id.length()
                + StatelessResetToken.LENGTH;
    }

    static void encodeBody(
            ByteWriter out,
            long sequence,
            long retirePriorTo,
            ConnectionId id,
            StatelessResetToken token) {
        out.writeVarint(sequence);
        out.writeVarint(retirePriorTo);
        out.writeByte(id.length());
        id.write(out);
        token.write(out);
    }

    static long readRetirePriorTo(ByteReader in, long sequence) {
        long retirePriorTo = in.readVarint();
        if (retirePriorTo > sequence) {
            throw new TransportException(
                    TransportError.FRAME_ENCODING_ERROR,
                    "connection ID " + sequence + " retires prior to " + retirePriorTo);
        }
        return retirePriorTo;
    }

    static int readIdLength(ByteReader in) {
        int length = in.readByte();
        if (length < 1 || length > ConnectionId.MAX_LENGTH) {
            throw new TransportException(
                    TransportError.FRAME_ENCODING_ERROR,
                    "connection ID of " + length + " bytes, 1 to " + ConnectionId.MAX_LENGTH);
        }
        return length;
    }

    private NewConnectionIdFrame() {}
}
