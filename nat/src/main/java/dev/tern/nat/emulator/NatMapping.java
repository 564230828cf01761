package dev.tern.nat.emulator;

import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One row of a NAT's table: an inside endpoint, the external port that stands for it, and the far
 * endpoints that were sent to, for the filter.
 */
final class NatMapping {
    /** Beyond it the endpoint that was sent to longest ago is forgotten. */
    static final int MAX_FAR_ENDPOINTS = 256;

    private final InetSocketAddress inside;
    private final int externalPort;
    private final InetSocketAddress firstFar;
    private final Map<InetSocketAddress, Long> sentToNs = new LinkedHashMap<>();
    private long lastOutboundNs;

    NatMapping(InetSocketAddress inside, int externalPort, InetSocketAddress firstFar) {
        this.inside = inside;
        this.externalPort = externalPort;
        this.firstFar = firstFar;
    }

    InetSocketAddress inside() {
        return inside;
    }

    int externalPort() {
        return externalPort;
    }

    /** Whether packets from that inside endpoint to that far one use this mapping. */
    boolean serves(InetSocketAddress from, InetSocketAddress far, EndpointDependence mapping) {
        return inside.equals(from) && mapping.sameFor(firstFar, far);
    }

    /** Only packets from inside keep it alive: else anyone outside could (RFC 4787 §4.3, REQ-6). */
    void onOutbound(InetSocketAddress far, long nowNs) {
        lastOutboundNs = nowNs;
        sentToNs.remove(far);
        sentToNs.put(far, nowNs);
        if (sentToNs.size() > MAX_FAR_ENDPOINTS) {
            Iterator<InetSocketAddress> oldest = sentToNs.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    boolean isExpired(long timeoutNs, long nowNs) {
        return nowNs - lastOutboundNs >= timeoutNs;
    }

    /** Whether the filter lets a packet from there in. */
    boolean admits(
            InetSocketAddress far, EndpointDependence filtering, long timeoutNs, long nowNs) {
        if (filtering == EndpointDependence.INDEPENDENT) {
            return true;
        }
        for (Map.Entry<InetSocketAddress, Long> entry : sentToNs.entrySet()) {
            boolean alive = nowNs - entry.getValue() < timeoutNs;
            if (alive && filtering.sameFor(entry.getKey(), far)) {
                return true;
            }
        }
        return false;
    }
}
