package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.VarInt;

import java.net.InetSocketAddress;

/**
 * OBSERVED_ADDRESS: from where the peer's packets seem to come (draft-ietf-quic-address-discovery).
 */
public final class ObservedAddressFrame {
    static final int TYPE_IPV4 = 0x9f81a6;
    static final int TYPE_IPV6 = 0x9f81a7;

    static void decode(ByteReader in, boolean ipv4, FrameHandler handler) {
        handler.onObservedAddress(in.readVarint(), SocketAddressCodec.decode(in, ipv4));
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

    private ObservedAddressFrame() {}
}
