package dev.tern.quic.io;

import dev.tern.crypto.aead.AeadAlgorithm;
import dev.tern.crypto.aead.AeadProviders;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.endpoint.DatagramNode;
import dev.tern.quic.path.IcmpError;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.NanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Drives one node over any number of sockets. Every round of {@link #doWork} reads the clock once,
 * does what other threads asked for, receives, lets time pass, and sends. With nothing to do it
 * sleeps until a datagram, a deadline or another thread wakes it (or what else {@link IdleMode}
 * says), so it wants a thread of its own: {@link #start} makes one.
 *
 * <p>The node, its connections and the methods of this class belong to the agent's thread, but for
 * {@link #execute}, {@link #call} and {@link #close}. Before {@link #start} all of it belongs to
 * whoever made the agent.
 */
public final class EndpointAgent implements Agent, Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointAgent.class);

    /**
     * Datagrams from one socket, or to all, before something else has its turn: two of the longest
     * trains, where datagrams are as large as Ethernet's.
     */
    private static final int BATCH = 90;

    /** At the end: more than what a program with many connections says good-bye with. */
    private static final int LAST_BATCH = 10_000;

    private final DatagramNode node;
    private final StreamDoorbell doorbell;
    private final TransportFactory factory;
    private final NanoClock clock;
    private final AgentListener listener;
    private final AgentCommands commands = new AgentCommands();
    private final ArrayDeque<Runnable> deferred = new ArrayDeque<>();
    private final AgentSleep sleep = new AgentSleep();
    private final ArrivalModeration moderation = new ArrivalModeration();
    private final LocalSockets sockets = new LocalSockets();
    private HandoverRing handovers = HandoverRing.NONE;
    private final AgentSender sender;
    private final Arrivals arrivals = new Arrivals();
    private final BooleanSupplier quiet = this::isQuiet;
    private volatile boolean closing;
    private volatile Thread thread;
    private SocketPerAddress follower;
    private boolean failed;
    private long nowNs;

    /**
     * An agent whose application threads write to and read from streams.
     *
     * @param doorbell the waker that the node's connections were given
     * @param wake tells the node that a connection may have something to send
     */
    public EndpointAgent(
            DatagramNode node,
            StreamDoorbell doorbell,
            Consumer<Connection> wake,
            TransportFactory factory,
            NanoClock clock,
            AgentListener listener) {
        this.node = node;
        this.doorbell = doorbell;
        this.factory = factory;
        this.clock = clock;
        this.listener = listener;
        this.nowNs = clock.nanoTime();
        this.sender = new AgentSender(node, sockets, this::onGone);
        doorbell.connect(sleep::wake, wake);
    }

    /** An agent whose streams, if there are any, belong to its own thread. */
    public EndpointAgent(
            DatagramNode node, TransportFactory factory, NanoClock clock, AgentListener listener) {
        this(node, new StreamDoorbell(), connection -> {}, factory, clock, listener);
    }

    /** Before {@link #start}: what the thread does with nothing to do, if not sleep. */
    public EndpointAgent idle(IdleMode mode) {
        sleep.mode(mode);
        return this;
    }

    /** Before {@link #start}: takes in what other agents of the same port hand over. */
    void takeFrom(HandoverRing ring) {
        handovers = ring;
        ring.wakeBy(sleep::wake);
    }

    // ---- any thread

    /** Has something done on the agent's thread. */
    @Override
    public void execute(Runnable command) {
        commands.add(command);
        sleep.wake();
    }

    /** Has something done on the agent's thread, and gives its result, or what it threw. */
    public <T> CompletableFuture<T> call(Callable<T> body) {
        CompletableFuture<T> result = commands.add(body);
        sleep.wake();
        return result;
    }

    /** Whether the caller is the agent's thread, which must not wait for the agent. */
    public boolean isOwnThread() {
        return Thread.currentThread().equals(thread);
    }

    /** Starts the agent's thread. */
    public void start(String threadName) {
        // Loading native ciphers takes a moment, which the first handshake has better uses for.
        AeadProviders.choice(AeadAlgorithm.AES_128_GCM);
        FastKeyExchange.prepareLater();
        thread =
                Thread.ofPlatform()
                        .name(threadName)
                        .priority(Thread.MAX_PRIORITY)
                        .daemon()
                        .unstarted(this::run);
        doorbell.servedBy(thread);
        thread.start();
    }

    /**
     * Ends the agent: does what was asked for before, sends what is to be sent, and closes all
     * sockets. Waits for that, except on the agent's own thread.
     */
    @Override
    public void close() {
        closing = true;
        sleep.wake();
        Thread running = thread;
        if (running == null) {
            onClose();
        } else if (!running.equals(Thread.currentThread())) {
            join(running);
        }
    }

    private static void join(Thread running) {
        try {
            running.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isQuiet() {
        return commands.isEmpty() && doorbell.isEmpty() && handovers.isEmpty() && !closing;
    }

    // ---- the agent's thread

    /** The time of this round. */
    public long nowNs() {
        return nowNs;
    }

    /**
     * Does something in this round, once all that has arrived was handed in and before anything is
     * sent: from within a connection's report nothing should be done to the connection.
     */
    public void defer(Runnable action) {
        deferred.addLast(action);
    }

    /**
     * Opens a socket and tells the node.
     *
     * @param interfaceName see {@link TransportFactory#open}; may be null
     * @return the address with the port that was given
     */
    public InetSocketAddress openAddress(InetSocketAddress local, String interfaceName)
            throws IOException {
        UdpTransport transport = factory.open(local, interfaceName);
        sleep.add(transport);
        sockets.add(transport);
        if (transport.carriesEcn()) {
            node.onEcnUsable(transport.local());
        }
        node.onLocalAddressUp(transport.local(), nowNs);
        return transport.local();
    }

    /** Closes the socket of an address, and tells the node; does nothing if there is none. */
    public void closeAddress(InetSocketAddress local) {
        if (sockets.close(local)) {
            sleep.onClosed();
            node.onLocalAddressDown(local, nowNs);
        }
    }

    /**
     * From now on opens a socket for each address that this machine has or gets, and closes it when
     * the address goes.
     *
     * @param port the port of all these sockets, or 0 for any
     * @param loopback whether addresses of this machine alone count, too
     */
    public void followLocalAddresses(int port, boolean loopback) {
        follower = new SocketPerAddress(this, port, loopback);
        follower.start();
    }

    /** The addresses of the open sockets. */
    public List<InetSocketAddress> addresses() {
        return sockets.addresses();
    }

    private void run() {
        try {
            while (!closing) {
                doWork();
            }
        } catch (AgentTerminationException e) {
            LOG.debug("{} ends", roleName(), e); // the failure itself has been logged
        } finally {
            onClose();
        }
    }

    /** One round. */
    @Override
    public int doWork() {
        try {
            nowNs = clock.nanoTime();
            int work = commands.run() + doorbell.serve();
            int received = sockets.receive(arrivals, BATCH) + handovers.drain(arrivals, BATCH);
            work += received;
            nowNs = clock.nanoTime();
            if (node.nextDeadlineNs() - nowNs <= 0) {
                node.onTimeout(nowNs);
                work++;
            }
            work += runDeferred();
            int sent = sender.send(BATCH, nowNs);
            work += sent;
            moderation.onRound(received, sent, nowNs);
            if (work == 0) {
                long wakeUpNs = sender.wakeUpNs(node.nextDeadlineNs(), nowNs);
                sleep.sleep(wakeUpNs, nowNs, moderation.takeMomentNs(), quiet);
            } else {
                sleep.onWork();
            }
            return work;
        } catch (RuntimeException | Error e) {
            failed = true;
            closing = true;
            LOG.error("{} failed and ends", roleName(), e);
            listener.onFailed(e);
            runLast();
            throw new AgentTerminationException(e);
        }
    }

    /** What is deferred by one of them has its turn in the next round. */
    private int runDeferred() {
        int count = deferred.size();
        for (int i = 0; i < count; i++) {
            deferred.pollFirst().run();
        }
        return count;
    }

    /** After a failure: those who are driven by handlers must hear of the end, too. */
    private void runLast() {
        Runnable action;
        while ((action = deferred.pollFirst()) != null) {
            try {
                action.run();
            } catch (RuntimeException e) {
                LOG.debug("{}: after its failure", roleName(), e);
            }
        }
    }

    /**
     * Takes in datagrams. A train of them can cost a handshake's worth of computing, and the next
     * one would then seem to have come before it was sent: round-trip times would be wrong by that
     * much. So the clock is read for each, which costs 20 ns.
     */
    private final class Arrivals implements UdpTransport.Receiver, HandoverRing.Taker {
        @Override
        public void onTrain() {
            nowNs = clock.nanoTime();
        }

        @Override
        public void onDatagram(
                UdpTransport transport,
                InetSocketAddress remote,
                int ecn,
                byte[] buffer,
                int offset,
                int length) {
            node.onDatagram(transport.local(), remote, ecn, buffer, offset, length, nowNs);
        }

        @Override
        public void onIcmpError(
                UdpTransport transport,
                InetSocketAddress destination,
                IcmpError error,
                int mtuBytes,
                byte[] quoted,
                int offset,
                int length) {
            InetSocketAddress local = transport.local();
            node.onIcmpError(local, destination, error, quoted, offset, length, nowNs);
        }

        @Override
        public void onHandover(
                InetSocketAddress local,
                InetSocketAddress remote,
                int ecn,
                byte[] buffer,
                int length) {
            nowNs = clock.nanoTime();
            node.onDatagram(local, remote, ecn, buffer, 0, length, nowNs);
        }
    }

    /** A send showed that a socket's address is gone. */
    private void onGone(UdpTransport transport) {
        LOG.info("{}: local address {} is gone", roleName(), transport.local());
        closeAddress(transport.local());
        if (follower != null) {
            follower.onGone(transport.local().getAddress());
        }
        listener.onAddressGone(transport.local(), nowNs);
    }

    @Override
    public void onClose() {
        try {
            if (follower != null) {
                follower.close();
            }
            if (!failed) {
                nowNs = clock.nanoTime();
                commands.run();
                doorbell.serve();
                runDeferred();
                sender.send(LAST_BATCH, nowNs);
            }
        } finally {
            commands.close();
            sockets.closeAll();
            sleep.close();
        }
    }

    @Override
    public String roleName() {
        Thread running = thread;
        return running == null ? "quic agent" : running.getName();
    }
}
