package dev.tern.perf.interop.io;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** UDP ports for programs that must be told one. */
public final class Ports {
    /**
     * Below those that systems give to sockets which ask for none: else a client might get the one
     * that a server, still starting, was told. Matrices that run at the same time begin elsewhere.
     */
    private static final int LOWEST = 10_000;

    private static final int BEGINNINGS = 16_000;
    private static final AtomicInteger NEXT =
            new AtomicInteger(LOWEST + (int) (ProcessHandle.current().pid() % BEGINNINGS));
    private static final int POLL_MS = 20;
    private static final int POLLS_PER_SECOND = 1000 / POLL_MS;

    private Ports() {}

    /** One that nothing is bound to, and that was not given before. */
    public static int free() {
        while (true) {
            int port = NEXT.getAndIncrement();
            try (DatagramSocket socket =
                    new DatagramSocket(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                return socket.getLocalPort();
            } catch (SocketException e) {
                // Another program has it.
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
