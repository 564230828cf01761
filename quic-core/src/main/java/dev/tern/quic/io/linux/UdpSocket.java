package dev.tern.quic.io.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Opens a UDP socket and sets what QUIC wants of it. */
final class UdpSocket {
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;

    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SO_REUSEPORT = 15;
    private static final int SO_BINDTODEVICE = 25;

    private static final int IP_MTU_DISCOVER = 10;
    private static final int IP_RECVTOS = 13;
    private static final int IPV6_MTU_DISCOVER = 23;
    private static final int IPV6_V6ONLY = 26;
    private static final int IPV6_RECVPKTINFO = 49;
    private static final int IPV6_RECVTCLASS = 66;

    /** Never fragment, and believe no ICMP message about the path's MTU (RFC 9000 §14.2.1). */
    private static final int PMTUDISC_PROBE = 3;

    /** Holds a burst of a gigabit's 30 ms; the system may grant less. */
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;

    private static final int ON = 1;

    private final Libc libc;
    private final boolean ipv6;
    private final boolean wildcard;
    private final int fd;
    private InetSocketAddress local;
    private boolean carriesEcn;

    private UdpSocket(Libc libc, InetAddress address) throws IOException {
        this.libc = libc;
        ipv6 = address instanceof Inet6Address;
        wildcard = address.isAnyLocalAddress();
        fd =
                libc.socket(
                        ipv6 ? SocketAddress.AF_INET6 : SocketAddress.AF_INET,
                        SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC);
        require(fd);
    }

    /**
     * Opens a socket.
     *
     * @param interfaceName the interface to bind to, or null
     * @param shared whether other sockets of this user may have the same address
     * @throws IOException with a sentence for a person
     */
    static UdpSocket open(Libc libc, InetSocketAddress at, String interfaceName, boolean shared)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            UdpSocket socket = new UdpSocket(libc, at.getAddress());
            try {
                socket.configure(arena, interfaceName, shared);
                socket.bind(arena, at);
                return socket;
            } catch (IOException e) {
                libc.close(socket.fd);
                throw e;
            }
        } catch (IOException e) {
            String through = interfaceName == null ? "" : " through " + interfaceName;
            throw new IOException("cannot open UDP " + at + through + ": " + e.getMessage(), e);
        }
    }

    private void configure(Arena arena, String interfaceName, boolean shared) throws IOException {
        MemorySegment value = arena.allocate(JAVA_INT);
        wish(value, SOL_SOCKET, SO_RCVBUF, SOCKET_BUFFER_BYTES);
        wish(value, SOL_SOCKET, SO_SNDBUF, SOCKET_BUFFER_BYTES);
        // Past the system's limit, where this process may: many senders at once fill the former.
        wish(value, SOL_SOCKET, SO_RCVBUFFORCE, SOCKET_BUFFER_BYTES);
        wish(value, SOL_SOCKET, SO_SNDBUFFORCE, SOCKET_BUFFER_BYTES);
        // An IPv6 socket may carry IPv4, too, and is asked about it as of IPv4.
        boolean ipv4 = !ipv6 || wildcard;
        boolean ecn = true;
        if (ipv6) {
            require(set(value, ControlMessages.SOL_IPV6, IPV6_V6ONLY, wildcard ? 0 : ON));
            require(set(value, ControlMessages.SOL_IPV6, IPV6_MTU_DISCOVER, PMTUDISC_PROBE));
            ecn = wish(value, ControlMessages.SOL_IPV6, IPV6_RECVTCLASS, ON);
            wish(value, ControlMessages.SOL_IPV6, ControlMessages.IPV6_RECVERR, ON);
        }
        if (ipv4) {
            require(set(value, ControlMessages.SOL_IP, IP_MTU_DISCOVER, PMTUDISC_PROBE));
            ecn &= wish(value, ControlMessages.SOL_IP, IP_RECVTOS, ON);
            wish(value, ControlMessages.SOL_IP, ControlMessages.IP_RECVERR, ON);
        }
        if (wildcard && ipv6) {
            wish(value, ControlMessages.SOL_IPV6, IPV6_RECVPKTINFO, ON);
        } else if (wildcard) {
            wish(value, ControlMessages.SOL_IP, ControlMessages.IP_PKTINFO, ON);
        }
        carriesEcn = ecn;
        wish(value, ControlMessages.SOL_UDP, ControlMessages.UDP_GRO, ON);
        if (shared) {
            require(set(value, SOL_SOCKET, SO_REUSEPORT, ON));
        }
        if (interfaceName != null) {
            MemorySegment name = arena.allocateFrom(interfaceName);
            require(
                    libc.setOption(
                            fd,
                            SOL_SOCKET,
                            SO_BINDTODEVICE,
                            name.address(),
                            (int) name.byteSize()));
        }
    }

    private int set(MemorySegment value, int level, int option, int number) {
        value.set(JAVA_INT, 0, number);
        return libc.setOption(fd, level, option, value.address(), Integer.BYTES);
    }

    /** Sets what the kernel need not know; returns whether it does. */
    private boolean wish(MemorySegment value, int level, int option, int number) {
        return set(value, level, option, number) >= 0;
    }

    private void bind(Arena arena, InetSocketAddress at) throws IOException {
        MemorySegment name = arena.allocate(SocketAddress.MAX_BYTES, Long.BYTES);
        int bytes = new Remote(at).write(name, 0, ipv6);
        int bound = libc.bind(fd, name.address(), bytes);
        if (bound < 0) {
            throw new BindException(Errno.describe(-bound));
        }
        MemorySegment length = arena.allocate(JAVA_INT);
        length.set(JAVA_INT, 0, SocketAddress.MAX_BYTES);
        require(libc.getSocketName(fd, name.address(), length.address()));
        local = new InetSocketAddress(at.getAddress(), SocketAddress.port(name, 0));
    }

    private static void require(int result) throws IOException {
        if (result < 0) {
            throw new IOException(Errno.describe(-result));
        }
    }

    int fd() {
        return fd;
    }

    boolean isIpv6() {
        return ipv6;
    }

    boolean carriesEcn() {
        return carriesEcn;
    }

    /** The address bound to, with the port that was given. */
    InetSocketAddress local() {
        return local;
    }
}
