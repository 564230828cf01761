package dev.tern.quic.io.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

/**
 * What goes with a message beside its bytes, as a list of cmsghdr: the ECN bits, how long the
 * segments of a train are, and which of our addresses it came to or is to leave from.
 */
final class ControlMessages {
    static final int SOL_IP = 0;
    static final int SOL_IPV6 = 41;
    static final int SOL_UDP = 17;
    static final int IP_TOS = 1;
    static final int IP_PKTINFO = 8;
    static final int IP_RECVERR = 11;
    static final int IPV6_RECVERR = 25;
    static final int IPV6_PKTINFO = 50;
    static final int IPV6_TCLASS = 67;
    static final int UDP_SEGMENT = 103;
    static final int UDP_GRO = 104;

    /** Room for all that is sent or received with one message. */
    static final int MAX_BYTES = 256;

    private static final int ECN_MASK = 3;

    private static final long LEVEL = 8;
    private static final long TYPE = 12;
    private static final long DATA = 16;
    private static final int ALIGNMENT = 8;

    /** Of in_pktinfo: interface, the local address, the destination in the header. */
    private static final int PKTINFO_BYTES = 12;

    private static final long PKTINFO_LOCAL = 4;

    /** Of in6_pktinfo: address, interface. */
    private static final int PKTINFO6_BYTES = 20;

    /** Of sock_extended_err. */
    private static final long ERROR_ORIGIN = 4;

    private static final long ERROR_TYPE = 5;
    private static final long ERROR_CODE = 6;
    private static final long ERROR_INFO = 8;

    private int ecn;
    private int segmentBytes;
    private int errorOrigin;
    private int errorType;
    private int errorCode;
    private int errorInfo;
    private boolean localKnown;
    private long localHigh;
    private long localLow;

    // ---- to be sent; each returns where the next one begins

    static long writeEcn(MemorySegment memory, long offset, boolean ipv4, int ecn) {
        long next =
                writeHeader(
                        memory,
                        offset,
                        ipv4 ? SOL_IP : SOL_IPV6,
                        ipv4 ? IP_TOS : IPV6_TCLASS,
                        Integer.BYTES);
        memory.set(JAVA_INT, offset + DATA, ecn);
        return next;
    }

    static long writeSegmentBytes(MemorySegment memory, long offset, int bytes) {
        long next = writeHeader(memory, offset, SOL_UDP, UDP_SEGMENT, Short.BYTES);
        memory.set(JAVA_SHORT, offset + DATA, (short) bytes);
        return next;
    }

    /** Has the message leave from the address that those of its destination come to. */
    static long writeLocal(MemorySegment memory, long offset, Remote remote) {
        if (remote.isIpv4()) {
            long next = writeHeader(memory, offset, SOL_IP, IP_PKTINFO, PKTINFO_BYTES);
            memory.set(JAVA_INT, offset + DATA, 0);
            memory.set(
                    SocketAddress.NET_INT, offset + DATA + PKTINFO_LOCAL, (int) remote.localLow());
            return next;
        }
        long next = writeHeader(memory, offset, SOL_IPV6, IPV6_PKTINFO, PKTINFO6_BYTES);
        memory.set(SocketAddress.NET_LONG, offset + DATA, remote.localHigh());
        memory.set(SocketAddress.NET_LONG, offset + DATA + Long.BYTES, remote.localLow());
        memory.set(JAVA_INT, offset + DATA + 2 * Long.BYTES, 0);
        return next;
    }

    private static long writeHeader(
            MemorySegment memory, long offset, int level, int type, int dataBytes) {
        memory.set(JAVA_LONG, offset, DATA + dataBytes);
        memory.set(JAVA_INT, offset + LEVEL, level);
        memory.set(JAVA_INT, offset + TYPE, type);
        return align(offset + DATA + dataBytes);
    }

    private static long align(long offset) {
        return (offset + ALIGNMENT - 1) & -ALIGNMENT;
    }

    // ---- received

    /** Reads what came with a message. */
    void read(MemorySegment memory, long offset, long bytes) {
        ecn = 0;
        segmentBytes = 0;
        localKnown = false;
        errorOrigin = 0;
        long end = offset + bytes;
        long at = offset;
        while (at + DATA <= end) {
            long length = memory.get(JAVA_LONG, at);
            if (length < DATA || length > end - at) {
                return;
            }
            readOne(
                    memory.get(JAVA_INT, at + LEVEL),
                    memory.get(JAVA_INT, at + TYPE),
                    memory,
                    at + DATA);
            at = align(at + length);
        }
    }

    private void readOne(int level, int type, MemorySegment memory, long data) {
        if (level == SOL_IP && type == IP_TOS) {
            ecn = memory.get(JAVA_BYTE, data) & ECN_MASK;
        } else if (level == SOL_IPV6 && type == IPV6_TCLASS) {
            ecn = memory.get(JAVA_INT, data) & ECN_MASK;
        } else if (level == SOL_UDP && type == UDP_GRO) {
            segmentBytes = memory.get(JAVA_INT, data);
        } else if (level == SOL_IP && type == IP_PKTINFO) {
            localKnown = true;
            localHigh = 0;
            localLow = Remote.mapped(memory.get(SocketAddress.NET_INT, data + PKTINFO_LOCAL));
        } else if (level == SOL_IPV6 && type == IPV6_PKTINFO) {
            localKnown = true;
            localHigh = memory.get(SocketAddress.NET_LONG, data);
            localLow = memory.get(SocketAddress.NET_LONG, data + Long.BYTES);
        } else if ((level == SOL_IP && type == IP_RECVERR)
                || (level == SOL_IPV6 && type == IPV6_RECVERR)) {
            errorOrigin = memory.get(JAVA_BYTE, data + ERROR_ORIGIN);
            errorType = Byte.toUnsignedInt(memory.get(JAVA_BYTE, data + ERROR_TYPE));
            errorCode = Byte.toUnsignedInt(memory.get(JAVA_BYTE, data + ERROR_CODE));
            errorInfo = memory.get(JAVA_INT, data + ERROR_INFO);
        }
    }

    int ecn() {
        return ecn;
    }

    /** How long each datagram of the train is, but for the last; 0 if it is one alone. */
    int segmentBytes() {
        return segmentBytes;
    }

    /** Who reports the error, if the message is one; else 0. */
    int errorOrigin() {
        return errorOrigin;
    }

    /** The type of the ICMP message. */
    int errorType() {
        return errorType;
    }

    int errorCode() {
        return errorCode;
    }

    /** Of a message that says how much the way carries: that. */
    int errorInfo() {
        return errorInfo;
    }

    /** Tells where the message came from which of our addresses it came to, if that is known. */
    void tell(Remote remote) {
        if (localKnown) {
            remote.cameTo(localHigh, localLow);
        }
    }
}
