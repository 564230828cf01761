package dev.tern.quic.io;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * The sockets of this machine: Linux's own, which move many datagrams in one system call, where
 * they work, else those of the JDK. {@code -Dtern.udp=nio|linux} forces one kind. All sockets of a
 * process are of one kind.
 */
public final class UdpTransports {
    /** The system property that forces a kind of socket. */
    public static final String PROPERTY = "tern.udp";

    private static final Logger LOG = LoggerFactory.getLogger(UdpTransports.class);

    /** By name, for it needs what not every platform has. */
    private static final String LINUX = "dev.tern.quic.io.linux.LinuxTransports";

    private static final TransportFactory NIO =
            new TransportFactory() {
                @Override
                public UdpTransport open(InetSocketAddress local, String interfaceName)
                        throws IOException {
                    return NioUdpTransport.open(local, interfaceName);
                }

                @Override
                public UdpTransport openShared(InetSocketAddress local, String interfaceName)
                        throws IOException {
                    return NioUdpTransport.openShared(local);
                }
            };

    private static TransportFactory chosen;

    private UdpTransports() {}

    /**
     * The kind of sockets of this process. Chosen at the first call, and not before, so that a
     * program without sockets loads nothing.
     *
     * @throws IllegalArgumentException if the property forces a kind that does not work here
     */
    public static synchronized TransportFactory chosen() {
        if (chosen == null) {
            chosen = choose(System.getProperty(PROPERTY));
        }
        return chosen;
    }

    /**
     * Opens a socket.
     *
     * @param interfaceName the network interface to send and receive through, or null for any.
     *     Sockets of the JDK cannot choose it and follow the routes.
     * @throws IOException with a sentence for a person, if the address cannot be bound to
     * @throws IllegalArgumentException if the property forces a kind that does not work here
     */
    public static UdpTransport open(InetSocketAddress local, String interfaceName)
            throws IOException {
        return chosen().open(local, interfaceName);
    }

    /**
     * Sockets of one kind.
     *
     * @param kind {@code nio}, {@code linux}, or null for the best that works
     * @throws IllegalArgumentException with a sentence for a person, if there is no such kind here
     */
    public static TransportFactory choose(String kind) {
        if (kind == null) {
            return best();
        }
        return switch (kind) {
            case "nio" -> NIO;
            case "linux" -> linuxOrRefuse();
            default ->
                    throw new IllegalArgumentException(
                            "no such kind of socket: " + kind + "; there are nio and linux");
        };
    }

    private static TransportFactory linuxOrRefuse() {
        try {
            return linux();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalArgumentException(
                    "Linux's own sockets do not work here: " + reason(e), e);
        }
    }

    private static TransportFactory best() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return NIO;
        }
        try {
            return linux();
        } catch (ReflectiveOperationException | LinkageError e) {
            LOG.info("using the JDK's sockets; Linux's own do not work here: {}", reason(e));
            return NIO;
        }
    }

    private static TransportFactory linux() throws ReflectiveOperationException {
        return Class.forName(LINUX)
                .asSubclass(TransportFactory.class)
                .getConstructor()
                .newInstance();
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure.toString() : cause.getMessage();
    }
}
