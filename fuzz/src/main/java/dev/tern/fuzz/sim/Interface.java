package dev.tern.fuzz.sim;

import dev.tern.quic.sim.LinkProfile;
import dev.tern.quic.sim.SimElement;
import dev.tern.quic.sim.SimLink;
import dev.tern.quic.sim.SimRebinding;

import java.net.InetSocketAddress;

/** One of a host's addresses, with the link and perhaps the NAT before it. */
final class Interface {
    private final InetSocketAddress address;
    private final SimLink link;
    private final Bleach bleach;
    private final Dialect dialect;
    private final SimRebinding nat;
    private LinkProfile profile;
    private boolean up;

    /**
     * @param nat null where there is none
     */
    Interface(
            InetSocketAddress address,
            SimLink link,
            Wiretap wiretap,
            SimRebinding nat,
            LinkProfile profile) {
        this.address = address;
        this.link = link;
        this.bleach = new Bleach(link);
        this.dialect = new Dialect(bleach, wiretap);
        this.nat = nat;
        profile(profile);
    }

    InetSocketAddress address() {
        return address;
    }

    SimLink link() {
        return link;
    }

    /** The NAT before it, or null. */
    SimRebinding nat() {
        return nat;
    }

    /** What packets pass on their way out. */
    SimElement[] path() {
        return nat == null ? new SimElement[] {dialect} : new SimElement[] {dialect, nat};
    }

    void profile(LinkProfile newProfile) {
        profile = newProfile;
        link.profile(newProfile);
    }

    /** What becomes of ECN marks from now on. */
    void bleach(Bleach.Manner manner) {
        bleach.manner(manner);
    }

    /** No more faults: what is left of them is over. */
    void heal() {
        profile(profile.withoutFaults());
        bleach(Bleach.Manner.KEEP);
        link.up(true).dropInbound(index -> false).dropOutbound(index -> false);
    }

    boolean isUp() {
        return up;
    }

    void up(boolean isUp) {
        up = isUp;
    }
}
