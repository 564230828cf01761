package dev.tern.perf.interop.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Stands between clients and a server on this machine, as a NAT with a bad line would: it loses
 * datagrams by a seed, and gives a client another address on the way. Runs on its own thread.
 */
public final class UdpProxy implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int MAX_DATAGRAM_BYTES = 65_535;
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;
    private static final int CLOSE_TIMEOUT_MS = 2000;

    /** Hears every datagram before it may be lost. */
    @FunctionalInterface
    public interface Watch {
        /**
         * @param fromServer else from a client
         */
        void onDatagram(boolean fromServer, byte[] datagram, int length);
    }

    /**
     * A client's mapping is forgotten, and its next datagram makes another.
     *
     * @param afterBytes how many of the server's bytes must have passed; negative for never
     * @param address of the new mapping
     */
    public record Rebinding(long afterBytes, InetAddress address) {
        public static final Rebinding NEVER = new Rebinding(-1, LOOPBACK);
    }

    private final InetSocketAddress server;
    private final double loss;
    private final RandomGenerator random;
    private final Rebinding rebinding;
    private final Watch watch;
    private final Selector selector = Selector.open();
    private final DatagramChannel front;
    private final Map<InetSocketAddress, Flow> flows = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM_BYTES);
    private final Thread thread = new Thread(this::run, "udp-proxy");
    private volatile boolean closed;
    private final AtomicInteger lost = new AtomicInteger();
    private volatile boolean answeredAfterRebinding;
    private long passedDownBytes;

    /**
     * @param loss which part of the datagrams is lost in either direction, 0 to 1
     * @throws IOException if there is no socket to be had
     */
    public UdpProxy(
            InetSocketAddress server,
            double loss,
            RandomGenerator random,
            Rebinding rebinding,
            Watch watch)
            throws IOException {
        this.server = server;
        this.loss = loss;
        this.random = random;
        this.rebinding = rebinding;
        this.watch = watch;
        this.front = open(LOOPBACK, null);
        thread.setDaemon(true);
        thread.start();
    }

    /** Where clients shall send. */
    public InetSocketAddress address() {
        return localAddress(front);
    }

    /** How many datagrams were lost on purpose. */
    public int lost() {
        return lost.get();
    }

    /** Whether the server sent to a client's new address. */
    public boolean answeredAfterRebinding() {
        return answeredAfterRebinding;
    }

    private void run() {
        try {
            while (!closed) {
                selector.select();
                selector.selectedKeys().forEach(this::onReadable);
                selector.selectedKeys().clear();
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("udp proxy: " + e.getMessage());
        } finally {
            closeQuietly(front);
            flows.values().forEach(flow -> closeQuietly(flow.upstream));
        }
    }

    private void onReadable(SelectionKey key) {
        try {
            Flow flow = (Flow) key.attachment();
            DatagramChannel channel = (DatagramChannel) key.channel();
            while (channel.isOpen()) {
                InetSocketAddress from = (InetSocketAddress) channel.receive(buffer.clear());
                if (from == null) {
                    return;
                }
                buffer.flip();
                watch.onDatagram(flow != null, buffer.array(), buffer.remaining());
                if (random.nextDouble() < loss) {
                    lost.incrementAndGet();
                } else if (flow == null) {
                    passUp(flowOf(from));
                } else {
                    passDown(flow);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void passUp(Flow flow) throws IOException {
        if (!flow.rebound
                && rebinding.afterBytes() >= 0
                && passedDownBytes >= rebinding.afterBytes()) {
            closeQuietly(flow.upstream);
            flow.upstream = open(rebinding.address(), flow);
            flow.rebound = true;
        }
        flow.upstream.send(buffer, server);
    }

    private void passDown(Flow flow) throws IOException {
        passedDownBytes += buffer.remaining();
        answeredAfterRebinding |= flow.rebound;
        front.send(buffer, flow.client);
    }

    private Flow flowOf(InetSocketAddress client) throws IOException {
        Flow flow = flows.get(client);
        if (flow == null) {
            flow = new Flow(client);
            flow.upstream = open(LOOPBACK, flow);
            flows.put(client, flow);
        }
        return flow;
    }

    private DatagramChannel open(InetAddress address, Flow flow) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
        channel.bind(new InetSocketAddress(address, 0));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, flow);
        return channel;
    }

    private static InetSocketAddress localAddress(DatagramChannel channel) {
        try {
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void closeQuietly(DatagramChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            System.err.println("udp proxy: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join(CLOSE_TIMEOUT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        selector.close();
    }

    /** One client, and the socket by which the server sees it. */
    private static final class Flow {
        private final InetSocketAddress client;
        private DatagramChannel upstream;
        private boolean rebound;

        Flow(InetSocketAddress client) {
            this.client = client;
        }
    }
}
