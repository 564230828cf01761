package dev.tern.quic.sim;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The simplest NAT: one public port for each private address, open to everybody, hairpinning. */
final class PlainNat implements SimElement {
    private final InetAddress publicAddress;
    private final Map<InetSocketAddress, InetSocketAddress> outside = new HashMap<>();
    private final Map<InetSocketAddress, InetSocketAddress> inside = new HashMap<>();

    PlainNat(InetAddress publicAddress) {
        this.publicAddress = publicAddress;
    }

    @Override
    public void onOutbound(SimPacket packet, long nowNs, SimExit exit) {
        InetSocketAddress mapped =
                outside.computeIfAbsent(
                        packet.from(),
                        from -> new InetSocketAddress(publicAddress, 40_000 + outside.size()));
        inside.put(mapped, packet.from());
        SimPacket translated = packet.withFrom(mapped);
        if (packet.to().getAddress().equals(publicAddress)) {
            onInbound(translated, nowNs, exit);
        } else {
            exit.outward(translated, 0);
        }
    }

    @Override
    public void onInbound(SimPacket packet, long nowNs, SimExit exit) {
        InetSocketAddress to = inside.get(packet.to());
        if (to != null) {
            exit.inward(packet.withTo(to), 0);
        }
    }

    @Override
    public Set<InetAddress> publicAddresses() {
        return Set.of(publicAddress);
    }
}
