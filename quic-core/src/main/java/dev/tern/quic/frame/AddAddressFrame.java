package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.VarInt;

import java.net.InetSocketAddress;

/**
 * ADD_ADDRESS: an address at which its sender may be reached (draft-seemann-quic-nat-traversal-02).
 */
public final class AddAddressFrame {
    static final int TYPE_IPV4 = 0x3d7e90;
    static final int TYPE_IPV6 = 0x3d7e91;

    static void decode(ByteReader in, boolean ipv4, FrameHandler handler) {
        handler.onAddAddress(in.readVarint(), SocketAddressCodec.decode(in, ipv4));
    }

    /** How many bytes {@link #encode} will write. */
    public static int size(long sequence, InetSocketAddress address) {
        return VarInt.size(TYPE_IPV4) + VarInt.size(sequence) + SocketAddressCodec.size(address);
    }

    public static void encode(ByteWriter out, long sequence, InetSocketAddress address) {
        out.writeVarint(SocketAddressCodec.isIpv4(address) ? TYPE_IPV4 : TYPE_IPV6);
        out.writeVarint(sequence);
        SocketAddressCodec.encode(out, address);
    }

    private AddAddressFrame() {}
}
