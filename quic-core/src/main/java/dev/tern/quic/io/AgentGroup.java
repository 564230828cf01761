package dev.tern.quic.io;

import dev.tern.quic.cid.AgentIds;
import dev.tern.quic.endpoint.ConnectionIdSource;
import dev.tern.quic.endpoint.Endpoint;
import dev.tern.quic.wire.ConnectionId;

import org.agrona.concurrent.NanoClock;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Several agents that share a port (SO_REUSEPORT), each with its own thread, socket, endpoint and
 * connections; so as many processors work for one port. The kernel spreads new connections over
 * them. A connection stays with its agent however its client moves: its connection IDs name the
 * agent, and packets that reach another one are handed over.
 *
 * <p>All members' endpoints should have the same key for stateless resets and tokens, for any of
 * them may be the one that a client comes back to.
 */
public final class AgentGroup implements AutoCloseable {
    /** Datagrams on their way to one agent: what it takes in in a few milliseconds. */
    private static final int RING_SLOTS = 512;

    private final AgentIds ids;
    private final HandoverRing[] rings;
    private final AtomicLong handedOver = new AtomicLong();
    private final List<EndpointAgent> agents = new ArrayList<>();

    /**
     * @param size how many agents there will be
     * @param key random, secret: hides from others which agent made a connection ID
     */
    public AgentGroup(int size, long key) {
        ids = new AgentIds(size, key);
        rings = new HandoverRing[size];
        for (int i = 0; i < size; i++) {
            rings[i] = new HandoverRing(RING_SLOTS);
        }
    }

    /** What makes the connection IDs of the next member's endpoint. */
    public ConnectionIdSource nextIds(RandomGenerator random) {
        return new MemberIds(agents.size(), random);
    }

    private final class MemberIds implements ConnectionIdSource {
        private final int agent;
        private final RandomGenerator random;

        MemberIds(int agent, RandomGenerator random) {
            this.agent = agent;
            this.random = random;
        }

        @Override
        public ConnectionId next(InetSocketAddress remote) {
            return ids.mint(agent, random);
        }

        @Override
        public ConnectionId nextDirect(RandomGenerator generator) {
            return ids.mint(agent, generator);
        }
    }

    /**
     * Adds a member. It is not started, and has no socket yet.
     *
     * @param endpoint made with {@link #nextIds}
     */
    public EndpointAgent add(
            Endpoint endpoint,
            StreamDoorbell doorbell,
            TransportFactory sockets,
            NanoClock clock,
            AgentListener listener) {
        int number = agents.size();
        EndpointAgent agent =
                new EndpointAgent(
                        new SharedNode(endpoint, ids, number, rings, handedOver),
                        doorbell,
                        endpoint::wake,
                        sockets::openShared,
                        clock,
                        listener);
        agent.takeFrom(rings[number]);
        agents.add(agent);
        return agent;
    }

    /**
     * Opens a socket for each member, on one address, and starts them.
     *
     * @return the address with the port that was given
     * @throws IOException with a sentence for a person, if the address cannot be bound to
     */
    public InetSocketAddress start(InetSocketAddress local, String threadName) throws IOException {
        InetSocketAddress bound = local;
        try {
            for (EndpointAgent agent : agents) {
                bound = agent.openAddress(bound, null);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
        for (int i = 0; i < agents.size(); i++) {
            agents.get(i).start(threadName + "-" + i);
        }
        return bound;
    }

    /** The members, in the order in which they were added. */
    public List<EndpointAgent> agents() {
        return List.copyOf(agents);
    }

    /** How many datagrams have been handed from one member to another. Any thread. */
    public long handedOver() {
        return handedOver.get();
    }

    /** Ends all members. */
    @Override
    public void close() {
        agents.forEach(EndpointAgent::close);
    }
}
