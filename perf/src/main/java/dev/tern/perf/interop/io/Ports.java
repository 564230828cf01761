package dev.tern.perf.interop.io;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** UDP ports for programs that must be told one. */
public final class Ports {
    private static final Set<Integer> GIVEN = new HashSet<>();
    private static final int POLL_MS = 20;
    private static final int POLLS_PER_SECOND = 1000 / POLL_MS;

    private Ports() {}

    /** One that nothing is bound to, and that was not given before. */
    public static int free() throws IOException {
        while (true) {
            try (DatagramSocket socket =
                    new DatagramSocket(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
                synchronized (GIVEN) {
                    if (GIVEN.add(socket.getLocalPort())) {
                        return socket.getLocalPort();
                    }
                }
            }
        }
    }

    /**
     * Waits until some program is bound to it: until a byte sent there no longer comes back as
     * unreachable.
     *
     * @return false if the time is up or there is no use in waiting
     */
    public static boolean awaitTaken(int port, int timeoutSeconds, BooleanSupplier isOfUse)
            throws IOException {
        for (int i = 0; i < timeoutSeconds * POLLS_PER_SECOND && isOfUse.getAsBoolean(); i++) {
            if (takes(port)) {
                return true;
            }
        }
        return false;
    }

    private static boolean takes(int port) throws IOException {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.write(ByteBuffer.allocate(1));
            Thread.sleep(POLL_MS);
            channel.write(ByteBuffer.allocate(1));
            return true;
        } catch (PortUnreachableException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
