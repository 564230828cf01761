package dev.tern.quic.cid;

import dev.tern.quic.frame.NewConnectionIdFrame;
import dev.tern.quic.frame.RoutableConnectionIdFrame;
import dev.tern.quic.recovery.FrameOwner;
import dev.tern.quic.recovery.FrameSource;
import dev.tern.quic.recovery.SentPacket;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.StatelessResetToken;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;

import org.agrona.collections.Long2ObjectHashMap;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * The connection IDs that this side issued (RFC 9000 §5.1.1). Keeps {@value #SPARE_DIRECT} unused
 * ones for direct paths with the peer, and whatever routable ones it is given for relays. Owned by
 * one agent; not thread-safe.
 */
public final class LocalConnectionIds implements FrameSource, FrameOwner {
    /** A punch takes one for each address it tries. */
    public static final int SPARE_DIRECT = 8;

    /** A move takes one; both sides may move several times before new ones arrive. */
    public static final int SPARE_ROUTABLE = 4;

    private static final int FRAME_MAX_BYTES = 8 + 19 + 8 + 8 + 1 + 20 + 16;

    /** Where the endpoint learns which IDs lead to this connection. */
    public interface Registry {
        void register(ConnectionId id);

        void unregister(ConnectionId id);

        /** The stateless reset token of an ID, which only this endpoint can compute. */
        StatelessResetToken resetToken(ConnectionId id);

        /** A new ID for a direct path. */
        default ConnectionId mintDirect(RandomGenerator random) {
            return SelfDescribingId.mintDirect(random);
        }
    }

    private static final class Issued {
        final long sequence;
        final ConnectionId id;
        final InetSocketAddress relay;
        boolean used;

        Issued(long sequence, ConnectionId id, InetSocketAddress relay) {
            this.sequence = sequence;
            this.id = id;
            this.relay = relay;
        }
    }

    private final Registry registry;
    private final RandomGenerator random;
    private final Long2ObjectHashMap<Issued> active = new Long2ObjectHashMap<>();
    private final ArrayDeque<Issued> toSend = new ArrayDeque<>(1);
    private Issued lastUsed;
    private long nextSequence = 1;
    private int peerLimit;

    /**
     * @param handshakeId the ID of the handshake, sequence 0, registered already
     * @param relay the relay that it is for, or null
     */
    public LocalConnectionIds(
            Registry registry,
            RandomGenerator random,
            ConnectionId handshakeId,
            InetSocketAddress relay) {
        this.registry = registry;
        this.random = random;
        Issued first = new Issued(0, handshakeId, relay);
        first.used = true;
        lastUsed = first;
        active.put(0, first);
    }

    /** The peer's active_connection_id_limit is known, and 1-RTT packets can be sent. */
    public void onPeerLimit(long activeConnectionIdLimit) {
        peerLimit = (int) Math.min(activeConnectionIdLimit, 64);
        issueDirect();
    }

    /**
     * At a server: the ID that its preferred_address parameter carries, of number 1; no frame needs
     * to (RFC 9000 §5.1.1).
     */
    public ConnectionId forPreferredAddress() {
        if (nextSequence == 1) {
            Issued issued = new Issued(nextSequence++, registry.mintDirect(random), null);
            active.put(issued.sequence, issued);
            registry.register(issued.id);
        }
        return active.get(1).id;
    }

    private void issueDirect() {
        while (spare(null) < SPARE_DIRECT && active.size() < peerLimit) {
            issue(registry.mintDirect(random), null);
        }
    }

    private void issue(ConnectionId id, InetSocketAddress relay) {
        Issued issued = new Issued(nextSequence++, id, relay);
        active.put(issued.sequence, issued);
        registry.register(id);
        toSend.add(issued);
    }

    /**
     * An ID that a relay minted, for the peer to use on the path through that relay.
     *
     * @return whether the peer's limit had room for it
     */
    public boolean offerRoutable(ConnectionId id, InetSocketAddress relay) {
        if (active.size() >= peerLimit) {
            return false;
        }
        issue(id, relay);
        return true;
    }

    /** How many more routable IDs for a relay should be issued. */
    public int routableWanted(InetSocketAddress relay) {
        return peerLimit == 0
                ? 0
                : Math.min(SPARE_ROUTABLE - spare(relay), peerLimit - active.size());
    }

    private int spare(InetSocketAddress relay) {
        int spare = 0;
        for (Issued issued : active.values()) {
            if (!issued.used && Objects.equals(issued.relay, relay)) {
                spare++;
            }
        }
        return spare;
    }

    /** Whether the peer's last packet carried this ID, too. */
    public boolean wasUsedLast(byte[] buffer, int offset, int length) {
        return lastUsed.id.matches(buffer, offset, length);
    }

    /** A packet with this destination ID was authenticated. */
    public void onUsed(byte[] buffer, int offset, int length) {
        if (lastUsed.id.matches(buffer, offset, length)) {
            return;
        }
        for (Issued issued : active.values()) {
            if (issued.id.matches(buffer, offset, length)) {
                lastUsed = issued;
                if (!issued.used) {
                    issued.used = true;
                    issueDirect();
                }
                return;
            }
        }
    }

    /** RETIRE_CONNECTION_ID (RFC 9000 §19.16). */
    public void onRetired(long sequence, byte[] packet, int idOffset, int idLength) {
        if (sequence >= nextSequence) {
            throw new TransportException(
                    TransportError.PROTOCOL_VIOLATION,
                    "connection ID " + sequence + " was never issued");
        }
        Issued issued = active.get(sequence);
        if (issued == null) {
            return;
        }
        if (issued.id.matches(packet, idOffset, idLength)) {
            throw new TransportException(
                    TransportError.PROTOCOL_VIOLATION,
                    "connection ID " + sequence + " retired by a packet that is sent to it");
        }
        active.remove(sequence);
        toSend.remove(issued);
        registry.unregister(issued.id);
        issueDirect();
    }

    /** The connection is over: none of its IDs leads here any more. */
    public void unregisterAll() {
        active.values().forEach(issued -> registry.unregister(issued.id));
        active.clear();
        toSend.clear();
    }

    @Override
    public boolean hasFramesToSend() {
        return !toSend.isEmpty();
    }

    @Override
    public void writeFrames(ByteWriter out, SentPacket packet, long nowNs) {
        while (!toSend.isEmpty() && out.remaining() >= FRAME_MAX_BYTES) {
            Issued issued = toSend.poll();
            StatelessResetToken token = registry.resetToken(issued.id);
            if (issued.relay == null) {
                NewConnectionIdFrame.encode(out, issued.sequence, 0, issued.id, token);
            } else {
                RoutableConnectionIdFrame.encode(
                        out, issued.relay, issued.sequence, 0, issued.id, token);
            }
            packet.addFrame(this, issued.sequence, 0);
        }
    }

    @Override
    public void onFrameAcked(long sequence, long unused) {
        toSend.removeIf(issued -> issued.sequence == sequence);
    }

    @Override
    public void onFrameLost(long sequence, long unused) {
        Issued issued = active.get(sequence);
        if (issued != null && !toSend.contains(issued)) {
            toSend.add(issued);
        }
    }
}
