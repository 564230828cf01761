package dev.tern.relay.server;

/** What became of a datagram that carried a routable connection ID. */
public enum Fate {
    /** Went on to its peer, perhaps after a wait. */
    FORWARDED,
    /** Waited for the peer's new address to be validated, in vain or for too long. */
    DROPPED_UNVALIDATED,
    /** Its ID was not made here, or too long ago, or for a peer that is not registered. */
    DROPPED_UNKNOWN,
    /** Its sender, or all together, sent more than they may. */
    DROPPED_RATE,
    /** No room in the queue, or larger than a slot of it. */
    DROPPED_FULL,
    /** The peer is where the relay must not send. */
    DROPPED_FORBIDDEN
}
