package dev.tern.fuzz.sim;

import dev.tern.quic.sim.SimElement;
import dev.tern.quic.sim.SimExit;
import dev.tern.quic.sim.SimLink;
import dev.tern.quic.sim.SimPacket;

/**
 * Makes a party speak as other stacks do: adds frames that Tern understands and never sends to
 * packets that enter a link, and seals these again.
 */
final class Dialect implements SimElement {
    private final SimLink link;
    private final Wiretap wiretap;

    Dialect(SimLink link, Wiretap wiretap) {
        this.link = link;
        this.wiretap = wiretap;
    }

    @Override
    public void onOutbound(SimPacket packet, long nowNs, SimExit exit) {
        link.onOutbound(wiretap.amend(packet), nowNs, exit);
    }

    @Override
    public void onInbound(SimPacket packet, long nowNs, SimExit exit) {
        link.onInbound(packet, nowNs, exit);
    }
}
