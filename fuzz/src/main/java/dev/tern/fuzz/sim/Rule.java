package dev.tern.fuzz.sim;

import java.net.InetSocketAddress;

/**
 * Something that holds at every step for one party of a conversation. Sees the datagrams and
 * packets that the party sends and gets, and what the party's connection tells everybody.
 */
abstract class Rule {
    private final String name;
    private final Party party;

    Rule(String name, Party party) {
        this.name = name;
        this.party = party;
    }

    final Party party() {
        return party;
    }

    /** The party sent a datagram; its packets follow. */
    void onDatagramSent(InetSocketAddress remote, int bytes) {}

    /** A datagram with at least one packet for the party reaches it; its packets follow. */
    void onDatagramDelivered(InetSocketAddress remote, int bytes) {}

    /** The party sent a packet. */
    void onSent(ObservedPacket packet) {}

    /** A packet of the other's reaches the party, which has not seen it yet. */
    void onDelivered(ObservedPacket packet, Delivery delivery) {}

    /** A step of the world is over. */
    void afterStep(long nowNs) {}

    /** The party's connection has ended, and says why. */
    void onClosed(long nowNs) {}

    /** Breaks the rule unless a condition holds; the sentence has places for values. */
    @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency of its own
    final void require(boolean holds, String otherwise, Object... values) {
        if (!holds) {
            throw new Violation(name, party + ": " + otherwise.formatted(values));
        }
    }
}
