package dev.tern.relay.server;

import dev.tern.quic.cid.RoutableIds;
import dev.tern.quic.wire.ConnectionId;

/**
 * Mints and reads the relay's connection IDs. Routing epochs follow the time of day, one after the
 * other, each as long as an ID must be good; the one before the newest is still read. So an ID is
 * good for one to two epochs, and a relay that restarts with its secret reads what it minted
 * before. Owned by one agent; not thread-safe.
 */
final class RelayIds {
    /** The route tag of the relay's own IDs. */
    static final long RELAY_TAG = 0;

    private static final long NS_PER_MS = 1_000_000L;

    private final RoutableIds ids = new RoutableIds();
    private final RelayKeys keys;
    private final int relayId;
    private final long lifetimeMs;
    private long epoch;
    private long epochEndNs;
    private long nonce;

    /**
     * @param startUnixMs the time of day at {@code nowNs}
     * @param firstNonce random: where the relay did not end in order, it must not mint an ID twice
     */
    RelayIds(
            RelayKeys keys,
            int relayId,
            long lifetimeMs,
            long startUnixMs,
            long firstNonce,
            long nowNs) {
        this.keys = keys;
        this.relayId = relayId;
        this.lifetimeMs = lifetimeMs;
        this.nonce = firstNonce & RoutableIds.MAX_NONCE;
        this.epoch = Math.floorDiv(startUnixMs, lifetimeMs);
        this.epochEndNs = nowNs + (lifetimeMs - Math.floorMod(startUnixMs, lifetimeMs)) * NS_PER_MS;
        start(epoch - 1);
        start(epoch);
    }

    private void start(long number) {
        ids.startEpoch(Math.floorMod(number, RoutableIds.EPOCHS), keys.epoch(number));
    }

    int relayId() {
        return relayId;
    }

    ConnectionId mint(long routeTag) {
        ConnectionId id = ids.mint(relayId, routeTag, nonce);
        nonce = nonce + 1 & RoutableIds.MAX_NONCE;
        return id;
    }

    /** How long an ID minted now is good. */
    long lifetimeMs(long nowNs) {
        return lifetimeMs + (epochEndNs - nowNs) / NS_PER_MS;
    }

    /** Whether this place in a packet holds an ID that this relay made, in a living epoch. */
    boolean read(byte[] buffer, int offset) {
        return ids.read(buffer, offset, RoutableIds.LENGTH) && ids.relayId() == relayId;
    }

    /** Of the ID read last. */
    long routeTag() {
        return ids.routeTag();
    }

    /** When {@link #onTimeout} wants to be called. */
    long nextDeadlineNs() {
        return epochEndNs;
    }

    /** The deadline may have passed. */
    void onTimeout(long nowNs) {
        while (nowNs - epochEndNs >= 0) {
            ids.endEpoch(Math.floorMod(epoch - 1, RoutableIds.EPOCHS));
            epoch++;
            epochEndNs += lifetimeMs * NS_PER_MS;
            start(epoch);
        }
    }
}
