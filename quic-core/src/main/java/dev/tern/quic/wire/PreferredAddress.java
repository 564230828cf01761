package dev.tern.quic.wire;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where a server wishes a client to go on after the handshake (RFC 9000 §9.6, §18.2).
 *
 * @param ipv4 null when there is none
 * @param ipv6 null when there is none
 * @param connectionId the server's for that address, sequence number 1
 */
public record PreferredAddress(
        InetSocketAddress ipv4,
        InetSocketAddress ipv6,
        ConnectionId connectionId,
        StatelessResetToken statelessResetToken) {
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    static PreferredAddress read(ByteReader in) {
        InetSocketAddress ipv4 = readAddress(in, IPV4_BYTES);
        InetSocketAddress ipv6 = readAddress(in, IPV6_BYTES);
        int idLength = in.readByte();
        if (idLength < 1 || idLength > ConnectionId.MAX_LENGTH) {
            throw new TransportException(
                    TransportError.TRANSPORT_PARAMETER_ERROR,
                    "preferred_address: connection ID of " + idLength + " bytes");
        }
        ConnectionId id = ConnectionId.of(in.readBytes(idLength));
        StatelessResetToken token = new StatelessResetToken(in.readLong(), in.readLong());
        return new PreferredAddress(ipv4, ipv6, id, token);
    }

    void write(ByteWriter out) {
        writeAddress(out, ipv4, IPV4_BYTES);
        writeAddress(out, ipv6, IPV6_BYTES);
        out.writeByte(connectionId.length());
        connectionId.write(out);
        statelessResetToken.write(out);
    }

    int size() {
        return IPV4_BYTES
                + IPV6_BYTES
                + 2 * Short.BYTES
                + 1
                + connectionId.length()
                + StatelessResetToken.LENGTH;
    }

    /** Null for an address nobody can send to: all zeros say that there is none. */
    private static InetSocketAddress readAddress(ByteReader in, int ipBytes) {
        byte[] ip = in.readBytes(ipBytes);
        int port = in.readShort();
        try {
            InetAddress address = InetAddress.getByAddress(ip);
            boolean ofFamily =
                    ipBytes == IPV4_BYTES
                            ? address instanceof Inet4Address
                            : address instanceof Inet6Address;
            return ofFamily && port != 0 && !address.isAnyLocalAddress()
                    ? new InetSocketAddress(address, port)
                    : null;
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 bytes are an address", e);
        }
    }

    private static void writeAddress(ByteWriter out, InetSocketAddress address, int ipBytes) {
        if (address == null) {
            out.writeZeros(ipBytes + Short.BYTES);
        } else {
            out.writeBytes(address.getAddress().getAddress());
            out.writeShort(address.getPort());
        }
    }
}
