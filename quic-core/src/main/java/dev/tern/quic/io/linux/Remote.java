package dev.tern.quic.io.linux;

import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** A far address, as Java has it and as the kernel wants it. */
final class Remote {
    /** Where an IPv4 address begins in the IPv6 form of it (RFC 4291 §2.5.5.2). */
    private static final long IPV4_MAPPED = 0xffff_0000_0000L;

    private static final long LOW_32 = 0xffff_ffffL;
    private static final int IPV6_BYTES = 16;

    private final InetSocketAddress address;
    private final long high;
    private final long low;
    private final int scope;
    private long localHigh;
    private long localLow;
    private boolean localKnown;
    private int batch = -1;
    private int train;

    /** The address of a datagram that arrived: the halves of its IPv6 form, canonicalised. */
    Remote(long high, long low, int port, int scope) {
        this.high = high;
        this.low = low;
        this.scope = scope;
        this.address = new InetSocketAddress(inetAddress(high, low, scope), port);
    }

    Remote(InetSocketAddress address) {
        this.address = address;
        InetAddress ip = address.getAddress();
        ByteBuffer bytes = ByteBuffer.wrap(ip.getAddress());
        boolean ipv6 = bytes.remaining() == IPV6_BYTES;
        this.high = ipv6 ? bytes.getLong() : 0;
        this.low = ipv6 ? bytes.getLong() : mapped(bytes.getInt());
        this.scope = ip instanceof Inet6Address six ? six.getScopeId() : 0;
    }

    private static InetAddress inetAddress(long high, long low, int scope) {
        byte[] bytes = ByteBuffer.allocate(IPV6_BYTES).putLong(high).putLong(low).array();
        try {
            // Of an IPv4 address in its IPv6 form this makes an Inet4Address.
            return scope == 0
                    ? InetAddress.getByAddress(bytes)
                    : Inet6Address.getByAddress(null, bytes, scope);
        } catch (UnknownHostException e) {
            throw new AssertionError(e); // 16 bytes are an address
        }
    }

    /** The lower half of an IPv4 address' IPv6 form; the upper is 0. */
    static long mapped(int ipv4) {
        return IPV4_MAPPED | (ipv4 & LOW_32);
    }

    InetSocketAddress address() {
        return address;
    }

    boolean isIpv4() {
        return high == 0 && (low & ~LOW_32) == IPV4_MAPPED;
    }

    boolean is(long otherHigh, long otherLow, int otherPort, int otherScope) {
        return low == otherLow
                && high == otherHigh
                && address.getPort() == otherPort
                && scope == otherScope;
    }

    boolean is(InetSocketAddress other) {
        return address.equals(other)
                && (scope == 0
                        || other.getAddress() instanceof Inet6Address six
                                && six.getScopeId() == scope);
    }

    /** Writes a socket address of this family; returns its length. */
    int write(MemorySegment memory, long offset, boolean ipv6) {
        return ipv6
                ? SocketAddress.writeIpv6(memory, offset, high, low, address.getPort(), scope)
                : SocketAddress.writeIpv4(memory, offset, (int) low, address.getPort());
    }

    /** Its last datagram came to this one of our addresses, and ours go from it. */
    void cameTo(long ourHigh, long ourLow) {
        localHigh = ourHigh;
        localLow = ourLow;
        localKnown = true;
    }

    /** Nothing more leaves from that address. */
    void forgetLocal() {
        localKnown = false;
    }

    boolean localKnown() {
        return localKnown;
    }

    long localHigh() {
        return localHigh;
    }

    long localLow() {
        return localLow;
    }

    /** The train of this batch that datagrams to it were last put to, or -1. */
    int train(int currentBatch) {
        return batch == currentBatch ? train : -1;
    }

    void train(int currentBatch, int index) {
        batch = currentBatch;
        train = index;
    }
}
