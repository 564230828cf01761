package dev.tern.peer.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Reads HOST:PORT, with IPv6 addresses in brackets. */
public final class HostPort {
    private static final int MAX_PORT = 65535;

    private HostPort() {}

    /** The address, resolved; a {@link UserError} says what is wrong with it. */
    public static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            throw new UserError("\"" + text + "\" is not HOST:PORT, for example 203.0.113.10:4433");
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        return resolve(host, port(text.substring(colon + 1), text));
    }

    /** The address as {@link #parse} reads it. */
    public static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** The same address with its host looked up, where it is a name still. */
    static InetSocketAddress resolve(InetSocketAddress address) {
        return address.isUnresolved()
                ? resolve(address.getHostString(), address.getPort())
                : address;
    }

    private static InetSocketAddress resolve(String host, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new UserError("no such host: " + host);
        }
    }

    private static int port(String text, String whole) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UserError("\"" + whole + "\" has no port from 0 to 65535");
    }
}
