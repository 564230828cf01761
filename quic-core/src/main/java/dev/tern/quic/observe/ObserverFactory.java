package dev.tern.quic.observe;

import dev.tern.quic.wire.ConnectionId;

/** Gives each new connection its observer. Shared by connections, perhaps of several agents. */
@FunctionalInterface
public interface ObserverFactory {
    /** Nobody observes anything. */
    ObserverFactory NONE = (client, originalId, nowNs) -> ConnectionObserver.NONE;

    /**
     * A connection begins.
     *
     * @param originalId the destination ID of the client's first Initial, by which both sides'
     *     records of one connection are known
     */
    ConnectionObserver observe(boolean client, ConnectionId originalId, long nowNs);
}
