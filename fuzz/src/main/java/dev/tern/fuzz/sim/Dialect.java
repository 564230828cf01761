package dev.tern.fuzz.sim;

import dev.tern.quic.sim.SimElement;
import dev.tern.quic.sim.SimExit;
import dev.tern.quic.sim.SimPacket;

/**
 * Makes a party speak as other stacks do: adds frames that Tern understands and never sends to
 * packets that its host sends, and seals these again.
 */
final class Dialect implements SimElement {
    private final SimElement next;
    private final Wiretap wiretap;

    /**
     * @param next what the packets enter then
     */
    Dialect(SimElement next, Wiretap wiretap) {
        this.next = next;
        this.wiretap = wiretap;
    }

    @Override
    public void onOutbound(SimPacket packet, long nowNs, SimExit exit) {
        next.onOutbound(wiretap.amend(packet), nowNs, exit);
    }

    @Override
    public void onInbound(SimPacket packet, long nowNs, SimExit exit) {
        next.onInbound(packet, nowNs, exit);
    }
}
