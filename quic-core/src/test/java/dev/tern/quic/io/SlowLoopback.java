package dev.tern.quic.io;

import dev.tern.quic.connection.Transmit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The program of {@link FullSocketTest}, in a network of its own whose loopback is slow: an agent
 * has more to send than the socket holds. Says what arrived, in how many rounds.
 */
final class SlowLoopback {
    static final int DATAGRAMS = 10_000;
    private static final int BYTES = 1400;

    private SlowLoopback() {}

    /** Sends numbered datagrams, and has no timer. */
    private static final class Numbering extends SendingNode {
        private final AtomicLong rounds = new AtomicLong();
        private InetSocketAddress from;
        private InetSocketAddress to;
        private int next;

        @Override
        public boolean pollTransmit(Transmit transmit, long nowNs) {
            if (next == DATAGRAMS) {
                return false;
            }
            transmit.buffer()[0] = (byte) (next >> 8);
            transmit.buffer()[1] = (byte) next;
            transmit.set(from, to, BYTES, 0);
            next++;
            return true;
        }

        @Override
        public long nextDeadlineNs() {
            rounds.incrementAndGet();
            return super.nextDeadlineNs();
        }
    }

    /**
     * @param arguments the kind of sockets
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (DatagramSocket receiver = new DatagramSocket(loopback)) {
            receiver.setReceiveBufferSize(4 << 20);
            Numbering node = new Numbering();
            EndpointAgent agent =
                    new EndpointAgent(
                            node,
                            UdpTransports.choose(arguments[0]),
                            new SystemClock(),
                            AgentListener.NONE);
            node.from = agent.openAddress(loopback, null);
            node.to = (InetSocketAddress) receiver.getLocalSocketAddress();
            CountDownLatch arrived = new CountDownLatch(1);
            Thread.ofPlatform().daemon().start(() -> receive(receiver, arrived));
            agent.start("agent");
            arrived.await();
            System.out.println("rounds " + node.rounds);
            agent.close();
        }
    }

    private static void receive(DatagramSocket receiver, CountDownLatch arrived) {
        byte[] buffer = new byte[BYTES];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        try {
            for (int i = 0; i < DATAGRAMS; i++) {
                receiver.receive(packet);
                int number = Byte.toUnsignedInt(buffer[0]) << 8 | Byte.toUnsignedInt(buffer[1]);
                if (number != i) {
                    System.out.println("datagram " + number + " instead of " + i);
                    return;
                }
            }
            System.out.println("in order");
        } catch (IOException e) {
            System.out.println(e);
        } finally {
            arrived.countDown();
        }
    }
}
