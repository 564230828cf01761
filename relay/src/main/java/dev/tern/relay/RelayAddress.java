package dev.tern.relay;

import dev.tern.crypto.identity.PeerId;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Which relay, and where: {@code <peer id>@host:port}, an IPv6 address in brackets. A host name
 * stays unresolved, for looking it up is input and output.
 *
 * @param id the relay's identity, which its certificate must show
 * @param address where it listens
 */
public record RelayAddress(PeerId id, InetSocketAddress address) {
    private static final int MAX_PORT = 65_535;
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9._-]{1,253}");
    private static final Pattern IPV4 = Pattern.compile("[0-9.]+");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    public RelayAddress {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(address, "address");
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException with a sentence for a person, if it is not one
     */
    public static RelayAddress parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException(
                    "a relay address reads <peer id>@host:port, this one has no @: " + text);
        }
        return new RelayAddress(PeerId.parse(text.substring(0, at)), place(text.substring(at + 1)));
    }

    private static InetSocketAddress place(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || text.endsWith("]")) {
            throw new IllegalArgumentException(
                    "a relay address ends in :port, this one in " + text);
        }
        String host = text.substring(0, colon);
        int port = port(text.substring(colon + 1));
        if (host.startsWith("[") && host.endsWith("]")) {
            return ipv6(host.substring(1, host.length() - 1), port);
        }
        if (!HOST_NAME.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "not a host name nor an IPv4 address, nor an IPv6 address in brackets: "
                            + host);
        }
        return IPV4.matcher(host).matches()
                ? literal(host, port)
                : InetSocketAddress.createUnresolved(host, port);
    }

    private static int port(String text) {
        int port = PORT.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("a port is a number from 1 to 65535, not " + text);
        }
        return port;
    }

    private static InetSocketAddress ipv6(String text, int port) {
        if (!IPV6.matcher(text).matches() || text.indexOf(':') < 0) {
            throw new IllegalArgumentException("not an IPv6 address: " + text);
        }
        return literal(text, port);
    }

    private static InetSocketAddress literal(String text, int port) {
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(text), port);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not an IP address: " + text, e);
        }
    }

    @Override
    public String toString() {
        String host = address.getHostString();
        String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return id + "@" + shown + ":" + address.getPort();
    }
}
