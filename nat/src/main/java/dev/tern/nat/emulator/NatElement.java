package dev.tern.nat.emulator;

import dev.tern.quic.sim.SimElement;
import dev.tern.quic.sim.SimExit;
import dev.tern.quic.sim.SimPacket;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;

/** A NAT in a simulated network. All hosts behind it name the same object in their paths. */
public final class NatElement implements SimElement {
    private final NatModel model;

    public NatElement(NatModel model) {
        this.model = model;
    }

    @Override
    public void onOutbound(SimPacket packet, long nowNs, SimExit exit) {
        if (model.isPublic(packet.to())) {
            hairpin(packet, nowNs, exit);
            return;
        }
        InetSocketAddress external = model.outbound(packet.from(), packet.to(), nowNs);
        if (external != null) {
            exit.outward(packet.withFrom(external), 0);
        }
    }

    /** The far side sees the external address, as if the packet had been outside. */
    private void hairpin(SimPacket packet, long nowNs, SimExit exit) {
        if (!model.hairpins(packet.to())) {
            return;
        }
        InetSocketAddress external = model.outbound(packet.from(), packet.to(), nowNs);
        InetSocketAddress inside =
                external == null ? null : model.inbound(packet.to().getPort(), external, nowNs);
        if (inside != null) {
            exit.inward(packet.withFrom(external).withTo(inside), 0);
        }
    }

    @Override
    public void onInbound(SimPacket packet, long nowNs, SimExit exit) {
        InetSocketAddress inside = model.inbound(packet.to().getPort(), packet.from(), nowNs);
        if (inside != null) {
            exit.inward(packet.withTo(inside), 0);
        }
    }

    @Override
    public Set<InetAddress> publicAddresses() {
        return Set.of(model.publicAddress());
    }
}
