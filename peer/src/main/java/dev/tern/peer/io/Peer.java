package dev.tern.peer.io;

import dev.tern.crypto.identity.PeerIdentity;
import dev.tern.peer.PeerConnection;
import dev.tern.peer.PeerNode;
import dev.tern.peer.Ticket;
import dev.tern.peer.TicketSecret;
import dev.tern.quic.io.AgentListener;
import dev.tern.quic.io.EndpointAgent;
import dev.tern.quic.io.StreamDoorbell;
import dev.tern.quic.io.SystemClock;
import dev.tern.relay.RelayAddress;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A peer: reachable through a relay, and able to reach others, whatever network it is in and
 * however often that changes.
 *
 * <pre>{@code
 * try (Peer peer = Peer.start(identity, relay, new SystemNetwork())) {
 *     System.out.println(peer.listen().encode());          // give the ticket to a friend
 *     PeerChannel channel = peer.accept();
 *     channel.acceptStream().read(buffer, 0, buffer.length);
 * }
 * }</pre>
 *
 * All methods may be called from any thread; those that wait can be interrupted.
 */
public final class Peer implements AutoCloseable {
    private static final long CLOSE_TIMEOUT_MS = 300;

    private final PeerNode node;
    private final EndpointAgent agent;
    private final AddressWatch addresses;
    private final RelayAddress relay;
    private final RelayStatus status = new RelayStatus();
    private final BlockingQueue<PeerChannel> accepted = new LinkedBlockingQueue<>();

    private Peer(PeerIdentity identity, RelayAddress relay, Network network, SecureRandom random) {
        this.relay = relay;
        StreamDoorbell doorbell = new StreamDoorbell();
        node = new PeerNode(identity, random, random, doorbell);
        agent =
                new EndpointAgent(
                        node,
                        doorbell,
                        node::wake,
                        network.transports(),
                        new SystemClock(),
                        new Agents());
        addresses = new AddressWatch(network, relay.address(), agent);
    }

    /** Starts a peer that can be reached through {@code relay}. Returns at once. */
    public static Peer start(PeerIdentity identity, RelayAddress relay, Network network) {
        Peer peer = new Peer(identity, relay, network, new SecureRandom());
        peer.agent.start("tern-peer");
        peer.agent.execute(() -> peer.node.join(relay, peer.status, peer.agent.nowNs()));
        peer.addresses.start();
        return peer;
    }

    /**
     * Waits until the relay knows this peer.
     *
     * @throws IOException with a sentence for a person, if it does not in time
     */
    public void awaitRelay(long timeoutMs) throws IOException, InterruptedException {
        status.awaitUp(relay, timeoutMs);
    }

    /** Serves whoever shows the ticket that is returned. */
    public Ticket listen() throws IOException, InterruptedException {
        TicketSecret secret = TicketSecret.generate(new SecureRandom());
        onAgent(
                () -> {
                    node.listen(
                            secret,
                            connection -> {
                                PeerChannel channel = new PeerChannel(connection, agent);
                                channel.onEstablishedRun(() -> accepted.add(channel));
                                return channel;
                            });
                    return null;
                });
        return new Ticket(node.peerId(), relay, secret);
    }

    /** Waits for the next connection from somebody with the ticket. */
    public PeerChannel accept() throws InterruptedException {
        return accepted.take();
    }

    /**
     * Connects to whoever issued the ticket; returns when data can flow, through the relay at
     * first.
     *
     * @throws IOException with a sentence for a person, if it fails
     */
    public PeerChannel connect(Ticket ticket, long timeoutMs)
            throws IOException, InterruptedException {
        PeerChannel channel =
                onAgent(
                        () -> {
                            PeerChannel dialled = new PeerChannel(agent);
                            PeerConnection connection = node.dial(ticket, dialled, agent.nowNs());
                            dialled.attach(connection);
                            return dialled;
                        });
        channel.awaitEstablished(timeoutMs);
        return channel;
    }

    /**
     * The platform says that addresses have changed: looks at once instead of within half a second.
     */
    public void onAddressesChanged() {
        addresses.lookNow();
    }

    /** The agent that runs this peer: for programs that watch it closely. */
    public EndpointAgent agent() {
        return agent;
    }

    /** The peer's protocol side; belongs to the agent's thread. */
    public PeerNode node() {
        return node;
    }

    private <T> T onAgent(Callable<T> task) throws IOException, InterruptedException {
        CompletableFuture<T> result = agent.call(task);
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    /** Ends every connection, telling the other sides, and stops. */
    @Override
    public void close() {
        addresses.close();
        try {
            agent.call(
                            () -> {
                                node.close(agent.nowNs());
                                return null;
                            })
                    .get(CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The agent has ended by itself: there is nothing left to close.
        }
        agent.close();
    }

    private final class Agents implements AgentListener {
        @Override
        public void onAddressGone(InetSocketAddress local, long nowNs) {
            addresses.onGone(local);
        }

        @Override
        public void onFailed(Throwable failure) {
            status.fail("internal failure: " + failure.getMessage());
            node.fail("internal failure: " + failure.getMessage());
        }
    }
}
