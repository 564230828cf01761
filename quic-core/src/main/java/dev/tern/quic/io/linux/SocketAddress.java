package dev.tern.quic.io.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The kernel's sockaddr_in and sockaddr_in6. */
final class SocketAddress {
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;

    /** Room for either. */
    static final int MAX_BYTES = 32;

    private static final int IPV4_BYTES = 16;
    private static final int IPV6_BYTES = 28;

    static final ValueLayout.OfShort NET_SHORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfInt NET_INT = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);

    /** An IPv6 address begins wherever four divides. */
    static final ValueLayout.OfLong NET_LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final long PORT = 2;
    private static final long IPV4 = 4;
    private static final long IPV6_HIGH = 8;
    private static final long IPV6_LOW = 16;
    private static final long SCOPE = 24;

    private SocketAddress() {}

    static int writeIpv4(MemorySegment memory, long offset, int ip, int port) {
        memory.set(JAVA_SHORT, offset, (short) AF_INET);
        memory.set(NET_SHORT, offset + PORT, (short) port);
        memory.set(NET_INT, offset + IPV4, ip);
        return IPV4_BYTES;
    }

    static int writeIpv6(
            MemorySegment memory, long offset, long high, long low, int port, int scope) {
        memory.set(JAVA_SHORT, offset, (short) AF_INET6);
        memory.set(NET_SHORT, offset + PORT, (short) port);
        memory.set(NET_LONG, offset + IPV6_HIGH, high);
        memory.set(NET_LONG, offset + IPV6_LOW, low);
        memory.set(JAVA_INT, offset + SCOPE, scope);
        return IPV6_BYTES;
    }

    static int port(MemorySegment memory, long offset) {
        return Short.toUnsignedInt(memory.get(NET_SHORT, offset + PORT));
    }

    private static boolean isIpv4(MemorySegment memory, long offset) {
        return memory.get(JAVA_SHORT, offset) == AF_INET;
    }

    /** The upper half of the address' IPv6 form. */
    static long high(MemorySegment memory, long offset) {
        return isIpv4(memory, offset) ? 0 : memory.get(NET_LONG, offset + IPV6_HIGH);
    }

    /** The lower half. */
    static long low(MemorySegment memory, long offset) {
        return isIpv4(memory, offset)
                ? Remote.mapped(memory.get(NET_INT, offset + IPV4))
                : memory.get(NET_LONG, offset + IPV6_LOW);
    }

    static int scope(MemorySegment memory, long offset) {
        return isIpv4(memory, offset) ? 0 : memory.get(JAVA_INT, offset + SCOPE);
    }
}
