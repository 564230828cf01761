package dev.tern.quic.endpoint;

import dev.tern.quic.connection.ConnectionConfig;
import dev.tern.quic.connection.ConnectionListener;
import dev.tern.quic.wire.ConnectionId;

import java.net.InetSocketAddress;

/** Decides about connections that others dial. Called on the agent's thread. */
public interface Acceptor {
    /**
     * How to serve a new connection.
     *
     * @param config its behaviour
     * @param listener hears what happens on it, from the handshake on
     */
    record Accepted(ConnectionConfig config, ConnectionListener listener) {}

    /**
     * A first Initial arrived.
     *
     * @param destinationId what the client called us; through a relay one of our routable IDs
     * @return null to ignore it
     */
    Accepted accept(
            InetSocketAddress local,
            InetSocketAddress remote,
            ConnectionId destinationId,
            long nowNs);
}
