package dev.tern.relay.client;

import dev.tern.crypto.identity.PeerId;
import dev.tern.quic.wire.ConnectionId;

import java.net.InetSocketAddress;
import java.util.List;

/** Hears what a relay says. Called on the agent's thread. */
public interface RelaySessionListener {
    /** Registered: IDs can be taken, peers dialled. */
    default void onUp(long nowNs) {}

    /** Not registered, or not any more; the session tries again by itself. */
    default void onDown(String reason, long nowNs) {}

    /** IDs arrived: what failed for want of one may work now. */
    default void onIdsAvailable(long nowNs) {}

    /** From where the relay sees what is sent from {@code local}. */
    default void onObservedAddress(
            InetSocketAddress local, InetSocketAddress observed, long nowNs) {}

    /** That peer was given this ID of ours: its first Initial may arrive on it. */
    default void onIncoming(PeerId dialler, ConnectionId id, long nowNs) {}

    /** The answer to a dial: what to call the target in the first Initial, through the relay. */
    default void onDialled(PeerId target, List<ConnectionId> ids, long nowNs) {}

    /** The relay cannot reach that peer, and says why. */
    default void onDialFailed(PeerId target, String text, long nowNs) {}

    /** That peer says that it moved; a hint, not to be believed without a probe. */
    default void onPeerMoved(PeerId peer, long nowNs) {}
}
