package dev.tern.quic.endpoint;

import dev.tern.quic.buf.DatagramQueue;
import dev.tern.quic.connection.Transmit;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.PacketHeader;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * What an endpoint answers to packets that belong to no connection, without keeping anything of
 * them: Version Negotiation, Retry, stateless reset (RFC 9000 §5.2). Owned by one agent; not
 * thread-safe.
 */
final class StatelessReplies {
    /** That wait to be sent; more are dropped. */
    private static final int MAX_REPLIES = 64;

    /** Version Negotiation with the longest connection IDs (RFC 8999 §6), and some versions. */
    private static final int REPLY_BYTES = 544;

    private final StatelessReset resets;
    private final DatagramQueue queue = new DatagramQueue(MAX_REPLIES, REPLY_BYTES);

    StatelessReplies(StatelessReset resets) {
        this.resets = resets;
    }

    /** Says that the connection of a 1-RTT packet is not known here (RFC 9000 §10.3). */
    void reset(
            InetSocketAddress local,
            InetSocketAddress remote,
            PacketHeader header,
            byte[] packet,
            int length) {
        int resetLength =
                resets.write(
                        packet, header.destinationIdOffset(), header.destinationIdLength(), length);
        if (resetLength > 0) {
            queue.add(local, remote, 0, resets.buffer(), 0, resetLength);
        }
    }

    /** Says which versions are spoken here (RFC 9000 §6.1). */
    void negotiateVersion(
            InetSocketAddress local,
            InetSocketAddress remote,
            PacketHeader header,
            byte[] packet,
            List<Integer> spoken) {
        byte[] negotiation = VersionNegotiationReply.to(header, packet, spoken);
        queue.add(local, remote, 0, negotiation, 0, negotiation.length);
    }

    /** Has a client prove its address (RFC 9000 §8.1.2). */
    void retry(
            InetSocketAddress local,
            InetSocketAddress remote,
            int version,
            ConnectionId originalId,
            ConnectionId clientId,
            ConnectionId retryId,
            byte[] token) {
        byte[] retry = RetryReply.to(version, originalId, clientId, retryId, token);
        queue.add(local, remote, 0, retry, 0, retry.length);
    }

    /** Takes the next one out; returns whether there was one. */
    boolean takeInto(Transmit transmit) {
        return transmit.takeFrom(queue);
    }
}
