package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.StatelessResetToken;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;
import dev.tern.quic.wire.VarInt;

import java.net.InetSocketAddress;

/**
 * ROUTABLE_CONNECTION_ID: NEW_CONNECTION_ID for the path through a relay, in the same sequence
 * (Tern's own, used only when both sides sent Tern's transport parameter).
 */
public final class RoutableConnectionIdFrame {
    static final long TYPE = 0x7465726e11L;

    private static final int IPV4 = 4;
    private static final int IPV6 = 6;

    static void decode(ByteReader in, FrameHandler handler) {
        int family = in.readByte();
        if (family != IPV4 && family != IPV6) {
            throw new TransportException(
                    TransportError.FRAME_ENCODING_ERROR,
                    "ROUTABLE_CONNECTION_ID: address family " + family + ", not 4 or 6");
        }
        InetSocketAddress relay = SocketAddressCodec.decode(in, family == IPV4);
        long sequence = in.readVarint();
        long retirePriorTo = NewConnectionIdFrame.readRetirePriorTo(in, sequence);
        int idLength = NewConnectionIdFrame.readIdLength(in);
        int idOffset = in.position();
        in.skip(idLength + StatelessResetToken.LENGTH);
        handler.onRoutableConnectionId(
                relay,
                sequence,
                retirePriorTo,
                in.array(),
                idOffset,
                idLength,
                idOffset + idLength);
    }

    /** How many bytes {@link #encode} will write. */
    public static int size(
            InetSocketAddress relay, long sequence, long retirePriorTo, ConnectionId id) {
        return VarInt.size(TYPE)
                + 1
                + SocketAddressCodec.size(relay)
                + NewConnectionIdFrame.bodySize(sequence, retirePriorTo, id);
    }

    public static void encode(
            ByteWriter out,
            InetSocketAddress relay,
            long sequence,
            long retirePriorTo,
            ConnectionId id,
            StatelessResetToken token) {
        out.writeVarint(TYPE);
        out.writeByte(SocketAddressCodec.isIpv4(relay) ? IPV4 : IPV6);
        SocketAddressCodec.encode(out, relay);
        NewConnectionIdFrame.encodeBody(out, sequence, retirePriorTo, id, token);
    }

    private RoutableConnectionIdFrame() {}
}
