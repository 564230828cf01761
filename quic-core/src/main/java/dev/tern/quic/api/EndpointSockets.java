package dev.tern.quic.api;

import dev.tern.quic.io.EndpointAgent;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The sockets of an endpoint: those that it was built with, and those that connections added for as
 * long as they need them. Belongs to the agent's thread.
 */
final class EndpointSockets {
    private static final InetSocketAddress ANY_IPV4 = new InetSocketAddress("0.0.0.0", 0);
    private static final InetSocketAddress ANY_IPV6 = new InetSocketAddress("::", 0);

    private final EndpointAgent agent;
    private final boolean chosen;
    private final boolean dialsFromThere;
    private final List<InetSocketAddress> dialling = new ArrayList<>();
    private final List<InetSocketAddress> bound = new ArrayList<>();
    private final Map<InetSocketAddress, Set<QuicConnection>> users = new HashMap<>();

    /**
     * @param binds empty for any
     * @param dialsFromThere whether answers to what is sent from there come here, and not to
     *     another agent that shares the port
     */
    EndpointSockets(EndpointAgent agent, List<InetSocketAddress> binds, boolean dialsFromThere)
            throws IOException {
        this.agent = agent;
        this.dialsFromThere = dialsFromThere;
        chosen = !binds.isEmpty();
        for (InetSocketAddress address : chosen ? binds : List.of(ANY_IPV4)) {
            bound.add(agent.openAddress(address, null));
        }
        if (dialsFromThere) {
            dialling.addAll(bound);
        }
    }

    List<InetSocketAddress> bound() {
        return List.copyOf(bound);
    }

    /** The socket from which to dial that address. */
    InetSocketAddress toReach(InetSocketAddress remote) throws IOException {
        for (InetSocketAddress local : dialling) {
            if (isIpv4(local) == isIpv4(remote)) {
                return local;
            }
        }
        for (InetSocketAddress local : dialling) {
            if (local.getAddress().isAnyLocalAddress() && !isIpv4(local)) {
                return local; // of both families
            }
        }
        if (!chosen || !dialsFromThere) {
            dialling.add(agent.openAddress(isIpv4(remote) ? ANY_IPV4 : ANY_IPV6, null));
            return dialling.getLast();
        }
        throw new QuicException(
                "cannot reach %s from %s: bind to an IPv%d address"
                        .formatted(
                                Ending.text(remote),
                                Ending.text(bound.getFirst()),
                                isIpv4(remote) ? 4 : 6));
    }

    private static boolean isIpv4(InetSocketAddress address) {
        return address.getAddress() instanceof Inet4Address;
    }

    InetSocketAddress open(QuicConnection user, InetSocketAddress local, String interfaceName)
            throws IOException {
        InetSocketAddress opened =
                agent.addresses().contains(local) ? local : agent.openAddress(local, interfaceName);
        users.computeIfAbsent(opened, address -> new HashSet<>()).add(user);
        return opened;
    }

    void release(QuicConnection user, InetSocketAddress local) {
        Set<QuicConnection> left = users.get(local);
        if (left != null && left.remove(user) && left.isEmpty()) {
            users.remove(local);
            if (!bound.contains(local) && !dialling.contains(local)) {
                agent.closeAddress(local);
            }
        }
    }

    void releaseAll(QuicConnection user) {
        List.copyOf(users.keySet()).forEach(local -> release(user, local));
    }
}
