package dev.tern.peer.demo.io;

import dev.tern.nat.emulator.NatKind;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** Every NAT and link of a demo, on one thread. NATs may be added and die while it runs. */
public final class NatWorld implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NatWorld.class);
    private static final int SOCKET_BUFFER_BYTES = 1 << 20;
    private static final int MAX_DATAGRAM_BYTES = 2048;

    /** Few, for what is due must not wait for the reading: a link that is late is a longer link. */
    private static final int READ_BATCH = 8;

    private static final long LONG_WAIT_NS = 2_000_000L;
    private static final long SHORT_WAIT_NS = 100_000L;

    private record Delivery(
            long atNs,
            long sequence,
            NatGateway gateway,
            DatagramChannel from,
            InetSocketAddress to,
            ByteBuffer bytes)
            implements Comparable<Delivery> {
        @Override
        public int compareTo(Delivery other) {
            int byTime = Long.compare(atNs - other.atNs, 0);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    private final Selector selector;
    private final SplittableRandom random;
    private final LinkSettings link;
    private final PriorityQueue<Delivery> deliveries = new PriorityQueue<>();

    /** Collecting garbage would stop every link for longer than the pauses that are measured. */
    private final ArrayDeque<ByteBuffer> pool = new ArrayDeque<>();

    private final ConcurrentLinkedQueue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final List<NatGateway> gateways = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM_BYTES);
    private final Thread thread;
    private volatile InetSocketAddress relay;
    private volatile boolean closed;
    private long nextSequence;
    private int nextNumber = 1;

    public NatWorld(LinkSettings link, long seed) throws IOException {
        this.selector = Selector.open();
        this.link = link;
        this.random = new SplittableRandom(seed);
        this.thread = new Thread(this::run, "demo-nats");
        thread.setDaemon(true);
    }

    /** Starts to carry datagrams. */
    public void start() {
        thread.start();
    }

    /** Says which far address is the relay's, for the counts. */
    public void relay(InetSocketAddress address) {
        relay = address;
    }

    boolean isRelay(InetSocketAddress far) {
        return far.equals(relay);
    }

    /** Adds a NAT with a public address of its own and a fresh link. */
    public synchronized NatGateway addNat(NatKind kind) throws IOException {
        InetAddress publicAddress = LoopbackAddresses.numbered(nextNumber++);
        NatGateway gateway = new NatGateway(this, kind, publicAddress, link, random.split());
        gateways.add(gateway);
        return gateway;
    }

    /** Every NAT there ever was. */
    public synchronized List<NatGateway> nats() {
        return List.copyOf(gateways);
    }

    DatagramChannel open(InetAddress address, NatGateway gateway, int role) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
        channel.bind(new InetSocketAddress(address, 0));
        channel.configureBlocking(false);
        commands.add(() -> register(channel, gateway, role));
        selector.wakeup();
        return channel;
    }

    private void register(DatagramChannel channel, NatGateway gateway, int role) {
        try {
            NatGateway.Attachment.attach(
                    channel.register(selector, SelectionKey.OP_READ), gateway, role);
        } catch (IOException e) {
            closeQuietly(channel);
        }
    }

    /** A copy of what remains, with room for a header in front, from the pool. */
    ByteBuffer copy(ByteBuffer original, int headroom) {
        ByteBuffer pooled = pool.poll();
        ByteBuffer copy =
                pooled == null
                        ? ByteBuffer.allocate(MAX_DATAGRAM_BYTES + NatGateway.MAX_HEADER_BYTES)
                        : pooled.clear();
        return copy.position(headroom).put(original).flip().position(headroom);
    }

    void schedule(
            NatGateway gateway,
            DatagramChannel from,
            InetSocketAddress to,
            ByteBuffer bytes,
            long atNs) {
        deliveries.add(new Delivery(atNs, nextSequence++, gateway, from, to, bytes));
    }

    private void run() {
        while (!closed) {
            try {
                step();
            } catch (IOException e) {
                LOG.debug("a socket closed under way; the others go on", e);
            }
        }
    }

    private void step() throws IOException {
        Runnable command;
        while ((command = commands.poll()) != null) {
            command.run();
        }
        long nowNs = System.nanoTime();
        deliver(nowNs);
        if (selector.selectNow() == 0) {
            await(nowNs);
        }
        for (SelectionKey key : selector.selectedKeys()) {
            read(key);
            deliver(System.nanoTime());
        }
        selector.selectedKeys().clear();
    }

    private void await(long nowNs) throws IOException {
        Delivery next = deliveries.peek();
        long waitNs = next == null ? Long.MAX_VALUE : next.atNs() - nowNs;
        if (waitNs > LONG_WAIT_NS) {
            selector.select(Math.min(waitNs, 100_000_000L) / 1_000_000L - 1);
        } else if (waitNs > 0) {
            LockSupport.parkNanos(Math.min(waitNs, SHORT_WAIT_NS));
            selector.selectNow();
        }
    }

    private void read(SelectionKey key) throws IOException {
        if (!key.isValid()) {
            return;
        }
        NatGateway.Attachment attachment = (NatGateway.Attachment) key.attachment();
        DatagramChannel channel = (DatagramChannel) key.channel();
        for (int i = 0; i < READ_BATCH; i++) {
            if (!attachment
                    .gateway()
                    .onReadable(channel, attachment.isInside(), buffer, System.nanoTime())) {
                return;
            }
        }
    }

    private void deliver(long nowNs) {
        Delivery next;
        while ((next = deliveries.peek()) != null && next.atNs() - nowNs <= 0) {
            deliveries.poll();
            if (!next.gateway().isDead() && next.from().isOpen()) {
                send(next);
            }
            pool.push(next.bytes());
        }
    }

    private static void send(Delivery delivery) {
        try {
            delivery.from().send(delivery.bytes(), delivery.to());
        } catch (IOException e) {
            LOG.debug("a datagram is lost, as on any network", e);
        }
    }

    static void closeQuietly(DatagramChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // Nothing depends on it any more.
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        nats().forEach(NatGateway::close);
        selector.close();
    }
}
