package dev.tern.quic.endpoint;

import dev.tern.quic.path.Path;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.PacketHeader;
import dev.tern.quic.wire.PacketType;
import dev.tern.quic.wire.Versions;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * Clients that no connection knows: which of their packets begin one, which are answered with
 * Version Negotiation or Retry, and which are ignored (RFC 9000 §5.2.2, §6.1, §8.1.2). Counts the
 * handshakes under way, and asks more of newcomers where there are many. Owned by one agent; not
 * thread-safe.
 */
final class Newcomers {
    /** No less (RFC 9000 §7.2). */
    static final int FIRST_DESTINATION_ID_BYTES = 8;

    /** Handshakes under way at once: beyond it first packets are ignored. */
    private static final int MAX_HALF_OPEN = 1024;

    /** Handshakes under way from which on new clients must prove their address first. */
    private static final int RETRY_FROM_HALF_OPEN = 256;

    /**
     * A client that begins a connection.
     *
     * @param firstId what it calls us in this packet
     * @param originalId what it called us in its very first one, before a Retry
     * @param sourceId what it wants to be called
     * @param addressProven whether a token shows that it receives what is sent to its address
     * @param tokenForged whether its token claims to answer a Retry, and does not
     */
    record Newcomer(
            Acceptor.Accepted accepted,
            int version,
            ConnectionId firstId,
            ConnectionId originalId,
            ConnectionId sourceId,
            boolean addressProven,
            boolean tokenForged) {}

    private final Acceptor acceptor;
    private final ConnectionIdSource ids;
    private final StatelessReplies replies;
    private final AddressTokens tokens;
    private List<Integer> versions = List.of(Versions.V1, Versions.V2);
    private int retryFrom = RETRY_FROM_HALF_OPEN;
    private int halfOpen;

    /**
     * @param acceptor null to accept none
     */
    Newcomers(
            Acceptor acceptor,
            ConnectionIdSource ids,
            StatelessReplies replies,
            AddressTokens tokens) {
        this.acceptor = acceptor;
        this.ids = ids;
        this.replies = replies;
        this.tokens = tokens;
    }

    /** From how many half-open connections on a client must answer a Retry; 0 for always. */
    void retryFrom(int halfOpenConnections) {
        retryFrom = halfOpenConnections;
    }

    /** What is spoken here. */
    void versions(List<Integer> spoken) {
        versions = spoken.stream().filter(Versions::isReadable).distinct().toList();
    }

    /** A handshake has begun. */
    void onHalfOpen() {
        halfOpen++;
    }

    /** A handshake is complete, or over. */
    void onSettled() {
        halfOpen--;
    }

    /**
     * Whether an early packet that belongs to no connection may have overtaken its Initial. Where
     * clients must answer a Retry first nothing is kept of them.
     */
    boolean mayFollow(PacketHeader early) {
        int idLength = early.destinationIdLength();
        return acceptor != null
                && versions.contains(early.version())
                && halfOpen < retryFrom
                && idLength >= FIRST_DESTINATION_ID_BYTES
                && idLength <= ConnectionId.MAX_LENGTH;
    }

    /** Takes a long-header packet; returns null if no connection begins with it. */
    Newcomer consider(
            InetSocketAddress local,
            InetSocketAddress remote,
            PacketHeader header,
            byte[] buffer,
            int datagramLength,
            long nowNs) {
        if (acceptor == null || datagramLength < Path.MIN_DATAGRAM_BYTES) {
            return null;
        }
        if (!versions.contains(header.version())) {
            if (header.version() != Versions.NEGOTIATION) {
                replies.negotiateVersion(local, remote, header, buffer, versions);
            }
            return null;
        }
        boolean first =
                header.type() == PacketType.INITIAL
                        && header.destinationIdLength() >= FIRST_DESTINATION_ID_BYTES;
        return first && halfOpen < MAX_HALF_OPEN
                ? onInitial(local, remote, header, buffer, nowNs)
                : null;
    }

    private Newcomer onInitial(
            InetSocketAddress local,
            InetSocketAddress remote,
            PacketHeader header,
            byte[] buffer,
            long nowNs) {
        int version = header.version();
        ConnectionId first =
                ConnectionId.of(buffer, header.destinationIdOffset(), header.destinationIdLength());
        ConnectionId source =
                ConnectionId.of(buffer, header.sourceIdOffset(), header.sourceIdLength());
        AddressTokens.Verdict verdict =
                tokens.check(
                        buffer,
                        header.tokenOffset(),
                        header.tokenLength(),
                        remote,
                        version,
                        first,
                        nowNs);
        boolean unproven = verdict instanceof AddressTokens.Verdict.Unproven;
        if (unproven && halfOpen >= retryFrom) {
            ConnectionId retryId = ids.next(remote);
            byte[] token = tokens.forRetry(remote, version, first, retryId, nowNs);
            replies.retry(local, remote, version, first, source, retryId, token);
            return null;
        }
        ConnectionId original =
                verdict instanceof AddressTokens.Verdict.Retried retried
                        ? retried.originalId()
                        : first;
        Acceptor.Accepted accepted = acceptor.accept(local, remote, original, nowNs);
        boolean forged = verdict instanceof AddressTokens.Verdict.Forged;
        return accepted == null
                ? null
                : new Newcomer(
                        accepted, version, first, original, source, !forged && !unproven, forged);
    }
}
