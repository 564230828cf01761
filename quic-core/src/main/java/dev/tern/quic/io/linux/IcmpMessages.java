package dev.tern.quic.io.linux;

import dev.tern.quic.path.IcmpError;

/** The ICMP messages that say what became of a datagram (RFC 792, RFC 1812 §5.2.7.1, RFC 4443). */
final class IcmpMessages {
    /** Where an error comes from: {@code ee_origin}. */
    private static final int ORIGIN_ICMP = 2;

    private static final int ORIGIN_ICMPV6 = 3;

    private static final int DESTINATION_UNREACHABLE = 3;
    private static final int DESTINATION_UNREACHABLE_V6 = 1;
    private static final int PACKET_TOO_BIG_V6 = 2;

    private IcmpMessages() {}

    static boolean isOrigin(int origin) {
        return origin == ORIGIN_ICMP || origin == ORIGIN_ICMPV6;
    }

    /** What a message says; null if nothing of a datagram's fate, or if it is none. */
    static IcmpError meaning(int origin, int type, int code) {
        if (origin == ORIGIN_ICMP && type == DESTINATION_UNREACHABLE) {
            return unreachable(code);
        }
        if (origin == ORIGIN_ICMPV6 && type == DESTINATION_UNREACHABLE_V6) {
            return unreachableV6(code);
        }
        return origin == ORIGIN_ICMPV6 && type == PACKET_TOO_BIG_V6
                ? IcmpError.PACKET_TOO_BIG
                : null;
    }

    private static IcmpError unreachable(int code) {
        return switch (code) {
            case 0, 5, 6, 11 -> IcmpError.NETWORK_UNREACHABLE;
            case 1, 7, 8, 12, 14, 15 -> IcmpError.HOST_UNREACHABLE;
            case 3 -> IcmpError.PORT_UNREACHABLE;
            case 4 -> IcmpError.PACKET_TOO_BIG;
            case 9, 10, 13 -> IcmpError.PROHIBITED;
            default -> null;
        };
    }

    private static IcmpError unreachableV6(int code) {
        return switch (code) {
            case 0, 2 -> IcmpError.NETWORK_UNREACHABLE;
            case 1, 5, 6 -> IcmpError.PROHIBITED;
            case 3 -> IcmpError.HOST_UNREACHABLE;
            case 4 -> IcmpError.PORT_UNREACHABLE;
            default -> null;
        };
    }
}
