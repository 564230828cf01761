package dev.tern.quic.sim;

import java.net.InetSocketAddress;
import java.util.List;

/** One address of a host, and what lies between it and the core. */
final class SimAttachment {
    private final SimHost host;
    private final InetSocketAddress local;
    private final List<SimElement> path;
    private boolean up = true;

    SimAttachment(SimHost host, InetSocketAddress local, List<SimElement> path) {
        this.host = host;
        this.local = local;
        this.path = path;
    }

    SimHost host() {
        return host;
    }

    InetSocketAddress local() {
        return local;
    }

    /** How many elements there are up to the core. */
    int pathLength() {
        return path.size();
    }

    SimElement element(int index) {
        return path.get(index);
    }

    int indexOf(SimElement element) {
        return path.indexOf(element);
    }

    boolean isUp() {
        return up;
    }

    void goDown() {
        up = false;
    }

    /**
     * Whether a packet at this place of the path, {@link #pathLength} being the core, is on its way
     * when it goes on towards this host: the nearest addresses claimed further in are its own, or
     * none are and it is for the host itself.
     */
    boolean leadsTo(InetSocketAddress destination, int place) {
        int claiming = claimingBefore(place);
        return claiming < 0
                ? local.equals(destination)
                : path.get(claiming).publicAddresses().contains(destination.getAddress());
    }

    /** Whether what goes on from this place towards the host is for this host and no other. */
    boolean isPrivateFrom(int place) {
        return claimingBefore(place) < 0;
    }

    private int claimingBefore(int place) {
        int index = place - 1;
        while (index >= 0 && path.get(index).publicAddresses().isEmpty()) {
            index--;
        }
        return index;
    }
}
