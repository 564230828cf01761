package dev.tern.quic.connection;

import dev.tern.quic.cid.LocalConnectionIds;
import dev.tern.quic.cid.ResetTokens;
import dev.tern.quic.recovery.SentPacketPool;
import dev.tern.quic.stream.SegmentPool;
import dev.tern.quic.wire.ConnectionId;

import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;

/**
 * What an endpoint gives a new connection.
 *
 * @param client whether this side dials
 * @param config how it behaves
 * @param local the socket of the first path
 * @param remote the far end of the first path
 * @param version at a server: that of the client's first packet
 * @param originalId the destination ID of the client's very first Initial
 * @param firstId that of its first Initial after a Retry; without one the same
 * @param addressProven at a server: whether the client has shown a token of ours
 * @param token at a client: what its Initials carry; empty for none
 * @param sourceId this side's ID in the handshake
 * @param peerSourceId at a server: the client's ID in the handshake; null at a client
 * @param registry where IDs are made known
 * @param addressTokens gives and keeps tokens for later connections
 * @param resetTokens where the peer's stateless reset tokens are made known
 * @param segments memory for stream data, shared by connections
 * @param packets memory for packets in flight, shared by connections
 * @param waker how application threads wake the agent
 * @param random for challenges and connection IDs
 * @param listener hears what happens
 */
public record ConnectionSetup(
        boolean client,
        ConnectionConfig config,
        InetSocketAddress local,
        InetSocketAddress remote,
        int version,
        ConnectionId originalId,
        ConnectionId firstId,
        boolean addressProven,
        byte[] token,
        ConnectionId sourceId,
        ConnectionId peerSourceId,
        LocalConnectionIds.Registry registry,
        AddressTokenExchange addressTokens,
        ResetTokens resetTokens,
        SegmentPool segments,
        SentPacketPool packets,
        ConnectionWaker waker,
        RandomGenerator random,
        ConnectionListener listener) {
    /** Makes the connection; a client's first datagram is then ready to be sent. */
    public Connection start(long nowNs) {
        return new Connection(this, nowNs);
    }
}
