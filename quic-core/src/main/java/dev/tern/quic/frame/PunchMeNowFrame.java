package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.VarInt;

import java.net.InetSocketAddress;

/**
 * PUNCH_ME_NOW: probe this address now, as its sender probes yours
 * (draft-seemann-quic-nat-traversal-02).
 */
public final class PunchMeNowFrame {
    static final int TYPE_IPV4 = 0x3d7e92;
    static final int TYPE_IPV6 = 0x3d7e93;

    static void decode(ByteReader in, boolean ipv4, FrameHandler handler) {
        handler.onPunchMeNow(in.readVarint(), in.readVarint(), SocketAddressCodec.decode(in, ipv4));
    }

    /** How many bytes {@link #encode} will write. */
    public static int size(long round, long pairedWithSequence, InetSocketAddress address) {
        return VarInt.size(TYPE_IPV4)
                + VarInt.size(round)
                + VarInt.size(pairedWithSequence)
                + SocketAddressCodec.size(address);
    }

    public static void encode(
            ByteWriter out, long round, long pairedWithSequence, InetSocketAddress address) {
        out.writeVarint(SocketAddressCodec.isIpv4(address) ? TYPE_IPV4 : TYPE_IPV6);
        out.writeVarint(round);
        out.writeVarint(pairedWithSequence);
        SocketAddressCodec.encode(out, address);
    }

    private PunchMeNowFrame() {}
}
