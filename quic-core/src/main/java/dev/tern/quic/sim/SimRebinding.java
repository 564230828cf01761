package dev.tern.quic.sim;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Stands for the hosts behind it by one address, a port for each of theirs, open to everybody; and
 * forgets that on command, as NATs do: then the same hosts come from other ports, and what is sent
 * to the old ones is lost.
 */
public final class SimRebinding implements SimElement {
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 40_000;

    private final Map<InetSocketAddress, InetSocketAddress> outside = new HashMap<>();
    private final Map<InetSocketAddress, InetSocketAddress> inside = new HashMap<>();
    private InetAddress address;
    private int mappings;

    public SimRebinding(InetAddress address) {
        this.address = address;
    }

    /** Forgets every port given out. */
    public void rebind() {
        outside.clear();
        inside.clear();
    }

    /** Forgets every port given out, and stands there under another address from now on. */
    public void rebind(InetAddress newAddress) {
        rebind();
        address = newAddress;
    }

    @Override
    public void onOutbound(SimPacket packet, long nowNs, SimExit exit) {
        exit.outward(packet.withFrom(outside.computeIfAbsent(packet.from(), this::map)), 0);
    }

    private InetSocketAddress map(InetSocketAddress from) {
        InetSocketAddress mapped = new InetSocketAddress(address, FIRST_PORT + mappings++ % PORTS);
        inside.put(mapped, from);
        return mapped;
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
        return Set.of(address);
    }
}
