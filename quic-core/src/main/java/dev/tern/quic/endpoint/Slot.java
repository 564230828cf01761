package dev.tern.quic.endpoint;

import dev.tern.quic.cid.LocalConnectionIds;
import dev.tern.quic.cid.ResetTokens;
import dev.tern.quic.connection.AddressTokenExchange;
import dev.tern.quic.connection.Connection;
import dev.tern.quic.time.DeadlineQueue;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.StatelessResetToken;

import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;

/**
 * A connection's place in its endpoint's queues, and what the connection sees of the endpoint.
 * Owned by one agent; not thread-safe.
 */
final class Slot extends DeadlineQueue.Entry
        implements LocalConnectionIds.Registry, ResetTokens, AddressTokenExchange {
    private final Registers registers;

    Connection connection;

    /** What the client called the server in the first Initial, until it has learnt our ID. */
    ConnectionId firstId;

    boolean isReady;
    int sentInTurn;
    boolean countsAsHalfOpen;

    Slot(Registers registers) {
        this.registers = registers;
    }

    @Override
    public void register(ConnectionId id) {
        registers.router().put(id, this);
    }

    @Override
    public void unregister(ConnectionId id) {
        registers.router().remove(id, this);
    }

    @Override
    public StatelessResetToken resetToken(ConnectionId id) {
        return registers.resets().tokenOf(id);
    }

    @Override
    public ConnectionId mintDirect(RandomGenerator generator) {
        return registers.ids().nextDirect(generator);
    }

    @Override
    public byte[] issue(InetSocketAddress client, int version, long nowNs) {
        return registers.addressTokens().forNextConnection(client, version, nowNs);
    }

    @Override
    public void keep(InetSocketAddress server, int version, byte[] token) {
        registers.tokensOfServers().keep(server, version, token);
    }

    @Override
    public void expect(StatelessResetToken token) {
        registers.resetTokens().put(StatelessReset.keyOf(token), this);
    }

    @Override
    public void forget(StatelessResetToken token) {
        registers.resetTokens().remove(StatelessReset.keyOf(token), this);
    }
}
