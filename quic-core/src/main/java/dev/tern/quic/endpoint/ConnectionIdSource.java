package dev.tern.quic.endpoint;

import dev.tern.quic.cid.SelfDescribingId;
import dev.tern.quic.wire.ConnectionId;

import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;

/** Makes the connection IDs that this side uses. */
public interface ConnectionIdSource {
    /**
     * Makes one for a handshake.
     *
     * @param remote where the first packet goes to or came from: through a relay the ID must be
     *     routable
     */
    ConnectionId next(InetSocketAddress remote);

    /** Makes one for a direct path of a connection that there is. */
    default ConnectionId nextDirect(RandomGenerator random) {
        return SelfDescribingId.mintDirect(random);
    }
}
