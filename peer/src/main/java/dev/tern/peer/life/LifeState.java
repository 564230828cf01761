package dev.tern.peer.life;

/**
 * Where a connection between two peers stands (DESIGN §5); {@link LifeCycle} has the transitions.
 */
public enum LifeState {
    /** The relay was asked for the peer, or the handshake runs through it. */
    DIALLING,
    /** Data goes through the relay; both sides punch. */
    RELAYED,
    /** Data goes from peer to peer. */
    DIRECT,
    /** This side has no network at all. */
    OFFLINE,
    /** It is over. */
    CLOSED
}
