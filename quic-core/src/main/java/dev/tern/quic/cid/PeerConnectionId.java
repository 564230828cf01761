package dev.tern.quic.cid;

import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.StatelessResetToken;

import java.net.InetSocketAddress;

/**
 * A connection ID that the peer issued.
 *
 * @param sequence its sequence number
 * @param id what to put into packets
 * @param relay the relay it is for, or null for direct paths
 * @param resetToken its stateless reset token, or null for the handshake's
 */
public record PeerConnectionId(
        long sequence, ConnectionId id, InetSocketAddress relay, StatelessResetToken resetToken) {}
