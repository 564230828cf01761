package dev.tern.quic.api;

import dev.tern.crypto.resumption.SessionTicket;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.endpoint.Acceptor;
import dev.tern.quic.endpoint.ConnectionIdSource;
import dev.tern.quic.endpoint.Endpoint;
import dev.tern.quic.io.AgentGroup;
import dev.tern.quic.io.AgentListener;
import dev.tern.quic.io.EndpointAgent;
import dev.tern.quic.io.StreamDoorbell;
import dev.tern.quic.io.SystemClock;
import dev.tern.quic.wire.ConnectionId;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** One thread of a {@link QuicEndpoint}, with its sockets and its connections. */
final class EndpointMember implements ConnectionOwner, AgentListener {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointMember.class);

    private final QuicEndpointBuilder builder;
    private final Arrivals<QuicConnection> arrivals;
    private final Sessions sessions;
    private final Set<QuicConnection> connections = new LinkedHashSet<>();
    private final Endpoint endpoint;
    private final EndpointAgent agent;
    private EndpointSockets sockets;

    /**
     * @param ids makes its connection IDs
     * @param group the members that share a port, or null where there is one only
     * @param arrivals takes accepted connections, unless a handler does
     */
    EndpointMember(
            QuicEndpointBuilder builder,
            ConnectionIdSource ids,
            AgentGroup group,
            SecureRandom random,
            byte[] resetKey,
            Sessions sessions,
            Arrivals<QuicConnection> arrivals) {
        this.builder = builder;
        this.sessions = sessions;
        this.arrivals = arrivals;
        StreamDoorbell doorbell = new StreamDoorbell();
        endpoint =
                new Endpoint(
                        ids,
                        builder.acceptConfig() == null ? null : this::accept,
                        doorbell,
                        random,
                        resetKey);
        endpoint.retryFromHalfOpen(builder.retryFrom());
        if (builder.acceptConfig() != null) {
            endpoint.acceptVersions(builder.acceptConfig().versions());
        }
        SystemClock clock = new SystemClock();
        agent =
                group == null
                        ? new EndpointAgent(
                                endpoint,
                                doorbell,
                                endpoint::wake,
                                builder.transports(),
                                clock,
                                this)
                        : group.add(endpoint, doorbell, builder.transports(), clock, this);
        agent.idle(builder.idleMode());
    }

    /**
     * Before {@link #start}: opens the sockets.
     *
     * @param binds empty for any
     * @return their addresses, with the ports that were given
     */
    List<InetSocketAddress> open(List<InetSocketAddress> binds) throws IOException {
        sockets = new EndpointSockets(agent, binds, builder.agentCount() == 1);
        return sockets.bound();
    }

    void start(String threadName) {
        agent.start(threadName);
    }

    CompletableFuture<QuicConnection> dial(InetSocketAddress remote, ConnectionConfig config) {
        return call(() -> dialNow(remote, config));
    }

    private QuicConnection dialNow(InetSocketAddress remote, ConnectionConfig config)
            throws IOException {
        if (remote.isUnresolved()) {
            throw new QuicException("unknown host: " + remote.getHostString());
        }
        InetSocketAddress local = sockets.toReach(remote);
        QuicConnection dialled = new QuicConnection(this, remote, null);
        connections.add(dialled);
        endpoint.connect(config, local, remote, null, dialled.reports(), agent.nowNs());
        return dialled;
    }

    private Acceptor.Accepted accept(
            InetSocketAddress at,
            InetSocketAddress remote,
            ConnectionId destinationId,
            long nowNs) {
        QuicConnection accepted = new QuicConnection(this, remote, builder.acceptHandler());
        connections.add(accepted);
        return new Acceptor.Accepted(builder.acceptConfig(), accepted.reports());
    }

    /** Closes all connections without an error, then the sockets; waits until that is sent. */
    void close() {
        execute(() -> List.copyOf(connections).forEach(each -> each.closeNow(0, "")));
        agent.close();
    }

    // ---- for the connections

    @Override
    public EndpointAgent agent() {
        return agent;
    }

    @Override
    public <T> CompletableFuture<T> call(Callable<T> body) {
        if (!agent.isOwnThread()) {
            return agent.call(body);
        }
        try {
            return CompletableFuture.completedFuture(body.call());
        } catch (Exception e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void execute(Runnable body) {
        try {
            agent.execute(body);
        } catch (RejectedExecutionException e) {
            LOG.debug("too late: the endpoint is closed", e);
        }
    }

    @Override
    public long nowNs() {
        return agent.nowNs();
    }

    @Override
    public void wake(Connection connection) {
        endpoint.wake(connection);
    }

    @Override
    public void onEstablished(QuicConnection connection, boolean dialled) {
        if (!dialled && !arrivals.offer(connection)) {
            // Not from within the handshake that calls this.
            agent.defer(() -> connection.closeNow(0, "too many connections"));
        }
    }

    @Override
    public void onSessionTicket(QuicConnection connection, SessionTicket ticket) {
        sessions.put(connection, ticket);
    }

    @Override
    public InetSocketAddress openAddress(
            QuicConnection connection, InetSocketAddress local, String interfaceName)
            throws IOException {
        return sockets.open(connection, local, interfaceName);
    }

    @Override
    public void releaseAddress(QuicConnection connection, InetSocketAddress local) {
        sockets.release(connection, local);
    }

    @Override
    public void releaseAddresses(QuicConnection connection) {
        sockets.releaseAll(connection);
    }

    @Override
    public void forget(QuicConnection connection) {
        connections.remove(connection);
    }

    // ---- from the agent

    @Override
    public void onAddressGone(InetSocketAddress local, long nowNs) {
        List.copyOf(connections).forEach(connection -> connection.onAddressGone(local, nowNs));
    }

    /** Nobody may wait for an agent that has ended. */
    @Override
    public void onFailed(Throwable failure) {
        QuicException why = new QuicException("the endpoint failed: " + failure, failure);
        List.copyOf(connections).forEach(connection -> connection.end(why, false));
        arrivals.end(why);
    }
}
