package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * An IP address and a port as the address frames carry them: 4 or 16 bytes, then 2, in network
 * order. An IPv4-mapped IPv6 address is read as the IPv4 address it means, so that a filter cannot
 * be passed by another spelling.
 */
public final class SocketAddressCodec {
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    public static boolean isIpv4(InetSocketAddress address) {
        return address.getAddress() instanceof Inet4Address;
    }

    /** How many bytes {@link #encode} will write. */
    public static int size(InetSocketAddress address) {
        return (isIpv4(address) ? IPV4_BYTES : IPV6_BYTES) + Short.BYTES;
    }

    public static void encode(ByteWriter out, InetSocketAddress address) {
        out.writeBytes(address.getAddress().getAddress());
        out.writeShort(address.getPort());
    }

    public static InetSocketAddress decode(ByteReader in, boolean ipv4) {
        byte[] ip = in.readBytes(ipv4 ? IPV4_BYTES : IPV6_BYTES);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(ip), in.readShort());
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 bytes are an address", e);
        }
    }

    private SocketAddressCodec() {}
}
