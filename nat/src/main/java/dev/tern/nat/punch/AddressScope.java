package dev.tern.nat.punch;

import java.net.Inet4Address;
import java.net.InetAddress;

/** From how far away an IP address means the same host. */
enum AddressScope {
    /** Nothing to send to: unspecified, multicast, broadcast, reserved, disguised, fe80::/10. */
    UNUSABLE,
    /** This host itself. */
    LOOPBACK,
    /** One link: 169.254.0.0/16. Not fe80::/10: no frame says which link is meant. */
    LINK,
    /** One site: RFC 1918, unique local IPv6 (RFC 4193). */
    PRIVATE,
    /** One provider's customers: 100.64.0.0/10 (RFC 6598). */
    SHARED,
    GLOBAL;

    static AddressScope of(InetAddress address) {
        byte[] ip = address.getAddress();
        if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
            return UNUSABLE;
        }
        if (address.isLoopbackAddress()) {
            return LOOPBACK;
        }
        return address instanceof Inet4Address ? ofIpv4(ip, 0) : ofIpv6(ip);
    }

    private static AddressScope ofIpv4(byte[] ip, int offset) {
        int a = ip[offset] & 0xff;
        int b = ip[offset + 1] & 0xff;
        if (a == 0 || a >= 224) { // "this network" (RFC 1122), multicast, reserved and broadcast
            return UNUSABLE;
        }
        if (a == 127) {
            return LOOPBACK;
        }
        if (a == 169 && b == 254) {
            return LINK;
        }
        if (a == 10 || (a == 172 && (b & 0xf0) == 16) || (a == 192 && b == 168)) {
            return PRIVATE;
        }
        return a == 100 && (b & 0xc0) == 64 ? SHARED : GLOBAL;
    }

    private static AddressScope ofIpv6(byte[] ip) {
        int first = (ip[0] & 0xff) << 8 | (ip[1] & 0xff);
        if (allZero(ip, 0, 10)) {
            return UNUSABLE; // IPv4-mapped and -compatible addresses: an IPv4 one in disguise
        }
        if ((first & 0xff80) == 0xfe80) {
            return UNUSABLE; // link-local, and site-local, which RFC 3879 deprecates
        }
        if ((first & 0xfe00) == 0xfc00) {
            return PRIVATE;
        }
        boolean sixToFour = first == 0x2002;
        boolean nat64 =
                first == 0x0064
                        && ip[2] == (byte) 0xff
                        && ip[3] == (byte) 0x9b
                        && allZero(ip, 4, 12);
        if (sixToFour || nat64) {
            // A translator would pass it on to the IPv4 address inside (RFC 3056, RFC 6052).
            return ofIpv4(ip, sixToFour ? 2 : 12) == GLOBAL ? GLOBAL : UNUSABLE;
        }
        return GLOBAL;
    }

    private static boolean allZero(byte[] ip, int from, int to) {
        for (int i = from; i < to; i++) {
            if (ip[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
