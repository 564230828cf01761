package dev.tern.relay.control;

import dev.tern.crypto.identity.PeerId;
import dev.tern.quic.wire.ConnectionId;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** One message on the control stream (DESIGN §4). */
public sealed interface ControlMessage {
    /** The most connection IDs in one message. */
    int MAX_IDS = 32;

    /** The most peers in one NOTIFY. */
    int MAX_PEERS = 64;

    /** The longest text of an ERROR. */
    int MAX_TEXT_BYTES = 512;

    /** Peer to relay: registers it. The first message of all. */
    record Hello(long instance) implements ControlMessage {}

    /**
     * Relay to peer, the answer to HELLO.
     *
     * @param relayId what the relay's connection IDs carry, 0 to 65535
     * @param maxBytesPerSecond how much the relay forwards from this peer
     * @param idLifetimeMs how long these IDs are good
     */
    record Welcome(int relayId, long maxBytesPerSecond, long idLifetimeMs, List<ConnectionId> ids)
            implements ControlMessage {
        public Welcome {
            ids = atMost(MAX_IDS, ids);
        }
    }

    /** Peer to relay: more IDs, please. */
    record CidRequest(int count) implements ControlMessage {}

    /** Relay to peer: more routable IDs, good for so long. */
    record CidBatch(long lifetimeMs, List<ConnectionId> ids) implements ControlMessage {
        public CidBatch {
            ids = atMost(MAX_IDS, ids);
        }
    }

    /** Peer to relay: wants to reach a peer that is registered there. */
    record Dial(PeerId target) implements ControlMessage {}

    /** Relay to peer, the answer to DIAL: IDs of the target's. */
    record Dialled(PeerId target, List<ConnectionId> ids) implements ControlMessage {
        public Dialled {
            ids = atMost(MAX_IDS, ids);
        }
    }

    /** Relay to peer: a first Initial on that ID of yours may come from this peer. */
    record Incoming(PeerId dialler, ConnectionId given) implements ControlMessage {}

    /** Peer to relay: tell these peers that I moved. */
    record Notify(List<PeerId> peers) implements ControlMessage {
        public Notify {
            peers = atMost(MAX_PEERS, peers);
        }
    }

    /** Relay to peer: that peer says that it moved. */
    record PeerMoved(PeerId peer) implements ControlMessage {}

    /** Peer to relay: withdraws all IDs of one of its own registrations. */
    record Drop(long instance) implements ControlMessage {}

    /** Peer to relay: is that registration of that peer's alive? */
    record Query(PeerId peer, long instance) implements ControlMessage {}

    /** Relay to peer, the answer to QUERY. */
    record Presence(PeerId peer, long instance, boolean registered) implements ControlMessage {}

    /** Relay to peer: it is about to end; the peer should be ready to register again. */
    record GoAway() implements ControlMessage {}

    /**
     * ERROR, relay to peer: what was asked is refused; {@code code} is a {@link ControlError}'s.
     */
    record Refused(long code, String text) implements ControlMessage {
        public Refused {
            if (text.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT_BYTES) {
                throw new IllegalArgumentException("text of an ERROR is longer than 512 bytes");
            }
        }
    }

    private static <T> List<T> atMost(int limit, List<T> list) {
        Objects.requireNonNull(list, "list");
        if (list.size() > limit) {
            throw new IllegalArgumentException(list.size() + " entries, at most " + limit);
        }
        return List.copyOf(list);
    }
}
