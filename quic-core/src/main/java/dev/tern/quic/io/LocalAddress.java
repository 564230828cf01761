package dev.tern.quic.io;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/**
 * An address of this machine.
 *
 * @param interfaceName of the interface that has it
 */
public record LocalAddress(InetAddress address, String interfaceName) {
    /**
     * Whether other machines can be reached from it.
     *
     * @param loopback whether this machine itself is enough
     */
    boolean isUsable(boolean loopback) {
        return !address.isLinkLocalAddress()
                && !address.isMulticastAddress()
                && !address.isAnyLocalAddress()
                && (loopback || !address.isLoopbackAddress());
    }

    /**
     * Whether this machine has an address, or may well have. Asked when a send failed: the error
     * alone cannot tell. "Network unreachable" is what a system says when the address is gone, and
     * just so when a peer names an address that no route leads to.
     */
    public static boolean isUp(InetAddress local) {
        if (local.isAnyLocalAddress()) {
            return true;
        }
        try {
            NetworkInterface owner = NetworkInterface.getByInetAddress(local);
            return owner != null && owner.isUp();
        } catch (SocketException e) {
            return false;
        }
    }
}
