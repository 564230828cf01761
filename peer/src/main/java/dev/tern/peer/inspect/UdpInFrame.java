package dev.tern.peer.inspect;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Finds the UDP datagram in what was captured on a link. */
final class UdpInFrame {
    private static final int LINK_NULL = 0;
    private static final int LINK_ETHERNET = 1;
    private static final int LINK_RAW = 101;
    private static final int LINK_LOOP = 108;
    private static final int LINK_LINUX_SLL = 113;
    private static final int LINK_RAW_IPV4 = 228;
    private static final int LINK_RAW_IPV6 = 229;
    private static final int LINK_LINUX_SLL2 = 276;
    private static final int ETHERTYPE_VLAN = 0x8100;
    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int ETHERTYPE_IPV6 = 0x86dd;
    private static final int PROTOCOL_UDP = 17;
    private static final int UDP_HEADER_BYTES = 8;
    private static final int FRAGMENT_BITS = 0x3fff;

    private UdpInFrame() {}

    /** Whether frames of this link type can be read at all. */
    static boolean knows(int linkType) {
        return switch (linkType) {
            case LINK_NULL,
                    LINK_ETHERNET,
                    LINK_RAW,
                    LINK_LOOP,
                    LINK_LINUX_SLL,
                    LINK_RAW_IPV4,
                    LINK_RAW_IPV6,
                    LINK_LINUX_SLL2 ->
                    true;
            default -> false;
        };
    }

    /** The datagram, or null where there is none: another protocol, a fragment, cut short. */
    static CapturedDatagram find(int linkType, ByteBuffer frame) {
        int headerBytes =
                switch (linkType) {
                    case LINK_NULL, LINK_LOOP -> 4;
                    case LINK_ETHERNET -> ethernetBytes(frame);
                    case LINK_LINUX_SLL -> 16;
                    case LINK_LINUX_SLL2 -> 20;
                    default -> 0;
                };
        if (headerBytes < 0 || frame.remaining() <= headerBytes) {
            return null;
        }
        ByteBuffer packet =
                frame.slice(frame.position() + headerBytes, frame.remaining() - headerBytes);
        return switch (packet.get(0) >> 4 & 0xf) {
            case 4 -> ipv4(packet);
            case 6 -> ipv6(packet);
            default -> null;
        };
    }

    private static int ethernetBytes(ByteBuffer frame) {
        int offset = 12;
        while (frame.remaining() >= offset + 2) {
            int type = frame.getShort(frame.position() + offset) & 0xffff;
            if (type == ETHERTYPE_IPV4 || type == ETHERTYPE_IPV6) {
                return offset + 2;
            }
            if (type != ETHERTYPE_VLAN) {
                return -1;
            }
            offset += 4;
        }
        return -1;
    }

    private static CapturedDatagram ipv4(ByteBuffer packet) {
        int headerBytes = (packet.get(0) & 0xf) * 4;
        if (packet.remaining() < 20
                || headerBytes < 20
                || packet.get(9) != PROTOCOL_UDP
                || (packet.getShort(6) & FRAGMENT_BITS) != 0) {
            return null;
        }
        return udp(packet, headerBytes, 12, 16, 4);
    }

    private static CapturedDatagram ipv6(ByteBuffer packet) {
        if (packet.remaining() < 40 || packet.get(6) != PROTOCOL_UDP) {
            return null;
        }
        return udp(packet, 40, 8, 24, 16);
    }

    private static CapturedDatagram udp(
            ByteBuffer packet, int offset, int from, int to, int addressBytes) {
        if (packet.remaining() < offset + UDP_HEADER_BYTES) {
            return null;
        }
        int length = (packet.getShort(offset + 4) & 0xffff) - UDP_HEADER_BYTES;
        if (length <= 0 || packet.remaining() < offset + UDP_HEADER_BYTES + length) {
            return null;
        }
        byte[] payload = new byte[length];
        packet.get(offset + UDP_HEADER_BYTES, payload);
        String route =
                endpoint(packet, from, addressBytes, offset)
                        + " -> "
                        + endpoint(packet, to, addressBytes, offset + 2);
        return new CapturedDatagram(route, payload);
    }

    private static String endpoint(ByteBuffer packet, int at, int addressBytes, int portAt) {
        byte[] raw = new byte[addressBytes];
        packet.get(at, raw);
        try {
            String host = InetAddress.getByAddress(raw).getHostAddress();
            int port = packet.getShort(portAt) & 0xffff;
            return (addressBytes == 16 ? "[" + host + "]" : host) + ":" + port;
        } catch (UnknownHostException e) {
            throw new AssertionError("4 and 16 bytes are addresses", e);
        }
    }
}
