package dev.tern.quic.endpoint;

import dev.tern.quic.wire.ConnectionId;

import java.net.InetSocketAddress;

/** Makes the connection ID that this side uses in a handshake. */
public interface ConnectionIdSource {
    /**
     * Makes one.
     *
     * @param remote where the first packet goes to or came from: through a relay the ID must be
     *     routable
     */
    ConnectionId next(InetSocketAddress remote);
}
