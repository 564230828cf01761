package dev.tern.quic.io;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * What stands before a datagram in a tunnel (RFC 1928 §7): two reserved bytes and a fragment
 * number, all 0, the kind of address, the address and the port.
 */
public final class TunnelHeader {
    private static final int KIND_AT = 3;
    private static final int ADDRESS_AT = 4;
    private static final int PORT_BYTES = 2;
    private static final int KIND_IPV4 = 1;
    private static final int KIND_IPV6 = 4;

    private TunnelHeader() {}

    /** Writes the header that names {@code far}; returns its length. */
    public static int write(InetSocketAddress far, byte[] buffer, int offset) {
        byte[] address = far.getAddress().getAddress();
        buffer[offset] = 0;
        buffer[offset + 1] = 0;
        buffer[offset + 2] = 0;
        buffer[offset + KIND_AT] = (byte) (address.length == 4 ? KIND_IPV4 : KIND_IPV6);
        System.arraycopy(address, 0, buffer, offset + ADDRESS_AT, address.length);
        int portAt = offset + ADDRESS_AT + address.length;
        buffer[portAt] = (byte) (far.getPort() >> 8);
        buffer[portAt + 1] = (byte) far.getPort();
        return ADDRESS_AT + address.length + PORT_BYTES;
    }

    /** The length of the header that a datagram begins with, or -1 if there is none. */
    public static int length(byte[] buffer, int offset, int length) {
        if (length < ADDRESS_AT
                || buffer[offset] != 0
                || buffer[offset + 1] != 0
                || buffer[offset + 2] != 0) {
            return -1;
        }
        int addressBytes = addressBytes(buffer, offset);
        int headerBytes = ADDRESS_AT + addressBytes + PORT_BYTES;
        return addressBytes == 0 || length < headerBytes ? -1 : headerBytes;
    }

    /** The address that a header names, once {@link #length} has found one. */
    public static InetSocketAddress address(byte[] buffer, int offset) {
        int portAt = offset + ADDRESS_AT + addressBytes(buffer, offset);
        byte[] address = Arrays.copyOfRange(buffer, offset + ADDRESS_AT, portAt);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port(buffer, portAt));
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 bytes are an address", e);
        }
    }

    /** Whether a header names just this address. */
    static boolean names(InetSocketAddress far, byte[] buffer, int offset) {
        byte[] address = far.getAddress().getAddress();
        int portAt = offset + ADDRESS_AT + address.length;
        return address.length == addressBytes(buffer, offset)
                && Arrays.equals(address, 0, address.length, buffer, offset + ADDRESS_AT, portAt)
                && far.getPort() == port(buffer, portAt);
    }

    private static int addressBytes(byte[] buffer, int offset) {
        return switch (buffer[offset + KIND_AT]) {
            case KIND_IPV4 -> 4;
            case KIND_IPV6 -> 16;
            default -> 0;
        };
    }

    private static int port(byte[] buffer, int at) {
        return ((buffer[at] & 0xff) << 8) | (buffer[at + 1] & 0xff);
    }
}
