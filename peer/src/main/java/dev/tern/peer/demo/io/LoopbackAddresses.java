package dev.tern.peer.demo.io;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;

/**
 * Gives each part of the demo an IP address of its own. All of 127.0.0.0/8 is loopback on Linux and
 * Windows; elsewhere only 127.0.0.1 may be, and then all share it.
 */
final class LoopbackAddresses {
    private static final int LOOPBACK = 127;

    private LoopbackAddresses() {}

    static InetAddress numbered(int number) {
        InetAddress wanted = address(number, 1);
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.bind(new InetSocketAddress(wanted, 0));
            return wanted;
        } catch (IOException e) {
            return address(0, 1);
        }
    }

    static InetAddress address(int third, int fourth) {
        try {
            return InetAddress.getByAddress(new byte[] {LOOPBACK, 0, (byte) third, (byte) fourth});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
