package dev.tern.quic.io;

import java.net.InetAddress;

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
}
