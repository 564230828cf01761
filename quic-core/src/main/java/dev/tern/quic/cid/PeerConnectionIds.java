package dev.tern.quic.cid;

import dev.tern.quic.frame.RetireConnectionIdFrame;
import dev.tern.quic.recovery.FrameOwner;
import dev.tern.quic.recovery.FrameSource;
import dev.tern.quic.recovery.SentPacket;
import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.StatelessResetToken;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;

import org.agrona.collections.LongHashSet;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * The connection IDs that the peer issued (RFC 9000 §5.1.2): unused ones in pools for direct paths
 * and for each relay, one taken for every path and never given to another (§9.5). Retires what is
 * done with. Owned by one agent; not thread-safe.
 */
public final class PeerConnectionIds implements FrameSource, FrameOwner {
    private static final int RETIRE_FRAME_MAX_BYTES = 9;

    private final int activeLimit;
    private final ResetTokens resetTokens;
    private final List<PeerConnectionId> unused = new ArrayList<>();
    private final List<PeerConnectionId> used = new ArrayList<>();
    private final ArrayDeque<Long> toRetire = new ArrayDeque<>(1);
    private final LongHashSet retiring = new LongHashSet();
    private final ByteReader reader = new ByteReader();
    private long retirePriorTo;
    private PeerConnectionId empty;

    /**
     * @param activeLimit the active_connection_id_limit that this side announced
     * @param resetTokens told of the tokens of IDs in use
     */
    public PeerConnectionIds(int activeLimit, ResetTokens resetTokens) {
        this.activeLimit = activeLimit;
        this.resetTokens = resetTokens;
    }

    /**
     * The peer's ID of the handshake, sequence 0, already in use. One of no length is the only one
     * that the peer ever has, and serves all paths.
     */
    public PeerConnectionId handshakeId(
            ConnectionId id, InetSocketAddress relay, StatelessResetToken resetToken) {
        PeerConnectionId first = new PeerConnectionId(0, id, relay, resetToken);
        used.removeIf(other -> other.sequence() == 0);
        use(first);
        empty = id.length() == 0 ? first : null;
        return first;
    }

    private void use(PeerConnectionId id) {
        used.add(id);
        if (id.resetToken() != null) {
            resetTokens.expect(id.resetToken());
        }
    }

    private void disuse(PeerConnectionId id) {
        if (id.resetToken() != null) {
            resetTokens.forget(id.resetToken());
        }
    }

    /** The connection is over: no stateless reset is for it any more. */
    public void disuseAll() {
        used.forEach(this::disuse);
        used.clear();
    }

    /**
     * NEW_CONNECTION_ID (RFC 9000 §19.15) or ROUTABLE_CONNECTION_ID.
     *
     * @param relay the relay that the ID is for, or null for direct paths
     */
    public void onIssued(
            InetSocketAddress relay,
            long sequence,
            long newRetirePriorTo,
            ConnectionId id,
            StatelessResetToken resetToken) {
        if (empty != null) {
            throw new TransportException(
                    TransportError.PROTOCOL_VIOLATION,
                    "NEW_CONNECTION_ID from a peer that uses none");
        }
        retireBelow(newRetirePriorTo);
        if (sequence < retirePriorTo) {
            retire(sequence);
            return;
        }
        if (isKnown(sequence, id)) {
            return;
        }
        unused.add(new PeerConnectionId(sequence, id, relay, resetToken));
        if (unused.size() + used.size() > activeLimit) {
            throw new TransportException(
                    TransportError.CONNECTION_ID_LIMIT_ERROR,
                    "more than " + activeLimit + " active connection IDs");
        }
    }

    private boolean isKnown(long sequence, ConnectionId id) {
        if (retiring.contains(sequence)) {
            return true;
        }
        for (List<PeerConnectionId> pool : List.of(unused, used)) {
            for (PeerConnectionId known : pool) {
                boolean sameSequence = known.sequence() == sequence;
                if (sameSequence != known.id().equals(id)) {
                    throw new TransportException(
                            TransportError.PROTOCOL_VIOLATION,
                            "connection ID "
                                    + sequence
                                    + " was issued before with another value or number");
                }
                if (sameSequence) {
                    return true;
                }
            }
        }
        return false;
    }

    private void retireBelow(long sequence) {
        if (sequence <= retirePriorTo) {
            return;
        }
        retirePriorTo = sequence;
        for (List<PeerConnectionId> pool : List.of(unused, used)) {
            for (Iterator<PeerConnectionId> ids = pool.iterator(); ids.hasNext(); ) {
                PeerConnectionId id = ids.next();
                if (id.sequence() < sequence) {
                    ids.remove();
                    disuse(id);
                    retire(id.sequence());
                }
            }
        }
    }

    /** Whether an ID was withdrawn by the peer, so that whoever uses it must take another. */
    public boolean isWithdrawn(PeerConnectionId id) {
        return id.sequence() < retirePriorTo;
    }

    /** Takes an unused ID for a path, or null where there is none. */
    public PeerConnectionId take(InetSocketAddress relay) {
        if (empty != null) {
            return empty;
        }
        for (int i = 0; i < unused.size(); i++) {
            if (Objects.equals(unused.get(i).relay(), relay)) {
                PeerConnectionId id = unused.remove(i);
                use(id);
                return id;
            }
        }
        return null;
    }

    /** No path uses the ID any more. */
    public void release(PeerConnectionId id) {
        if (id != empty && used.remove(id)) {
            disuse(id);
            retire(id.sequence());
        }
    }

    /**
     * Whether these 16 bytes at the end of a datagram are the peer's stateless reset (RFC 9000
     * §10.3).
     */
    public boolean isResetToken(byte[] buffer, int offset) {
        reader.wrap(buffer, offset, StatelessResetToken.LENGTH);
        long high = reader.readLong();
        long low = reader.readLong();
        boolean found = false;
        for (int i = 0; i < used.size(); i++) {
            StatelessResetToken token = used.get(i).resetToken();
            // No early way out, so that the time tells nothing about a token.
            found |= token != null && token.matches(high, low);
        }
        return found;
    }

    private void retire(long sequence) {
        if (retiring.size() >= 4 * activeLimit) {
            throw new TransportException(
                    TransportError.CONNECTION_ID_LIMIT_ERROR,
                    "the peer has not confirmed " + retiring.size() + " retired connection IDs");
        }
        if (retiring.add(sequence)) {
            toRetire.add(sequence);
        }
    }

    @Override
    public boolean hasFramesToSend() {
        return !toRetire.isEmpty();
    }

    @Override
    public void writeFrames(ByteWriter out, SentPacket packet, long nowNs) {
        while (!toRetire.isEmpty() && out.remaining() >= RETIRE_FRAME_MAX_BYTES) {
            long sequence = toRetire.poll();
            RetireConnectionIdFrame.encode(out, sequence);
            packet.addFrame(this, sequence, 0);
        }
    }

    @Override
    public void onFrameAcked(long sequence, long unusedWord) {
        retiring.remove(sequence);
        toRetire.remove(sequence);
    }

    @Override
    public void onFrameLost(long sequence, long unusedWord) {
        if (retiring.contains(sequence) && !toRetire.contains(sequence)) {
            toRetire.add(sequence);
        }
    }
}
