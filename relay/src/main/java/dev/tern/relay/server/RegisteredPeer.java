package dev.tern.relay.server;

import dev.tern.crypto.identity.PeerId;
import dev.tern.quic.connection.Connection;
import dev.tern.relay.control.ControlChannel;

/**
 * A peer that one control connection registered: who, where, what it may send, and the route tags
 * that lead to it. A second instance may be registered beside the first, so that connections can
 * change over before the first is dropped. Not thread-safe.
 */
final class RegisteredPeer {
    static final int MAX_TAGS = 2;

    /** Packets from unknown addresses may use this part of what their target may receive. */
    private static final int STRANGERS_SHARE = 8;

    /** A quarter of a second at the full rate. */
    private static final int BURST_PARTS = 4;

    private static final long MIN_BURST_BYTES = 64 * 1024;

    private final PeerId id;
    private final Connection connection;
    private final ControlChannel channel;
    private final PeerAddress address = new PeerAddress();
    private final TokenBucket sent;
    private final TokenBucket fromStrangers;
    private final long[] tags = new long[MAX_TAGS];
    private int tagCount;
    private HeldDatagrams held;

    RegisteredPeer(
            PeerId id,
            Connection connection,
            ControlChannel channel,
            long bytesPerSecond,
            long nowNs) {
        this.id = id;
        this.connection = connection;
        this.channel = channel;
        this.sent = bucket(bytesPerSecond, nowNs);
        this.fromStrangers = bucket(Math.max(bytesPerSecond / STRANGERS_SHARE, 1), nowNs);
    }

    static TokenBucket bucket(long bytesPerSecond, long nowNs) {
        return new TokenBucket(
                bytesPerSecond, Math.max(bytesPerSecond / BURST_PARTS, MIN_BURST_BYTES), nowNs);
    }

    PeerId id() {
        return id;
    }

    Connection connection() {
        return connection;
    }

    ControlChannel channel() {
        return channel;
    }

    PeerAddress address() {
        return address;
    }

    /** What this peer sends to others. */
    TokenBucket sent() {
        return sent;
    }

    /** What comes to this peer from addresses that are no registered peer's. */
    TokenBucket fromStrangers() {
        return fromStrangers;
    }

    /** What waits for its address to be validated, or null. */
    HeldDatagrams held() {
        return held;
    }

    void held(HeldDatagrams newHeld) {
        held = newHeld;
    }

    // ---- route tags, the newest last

    int tagCount() {
        return tagCount;
    }

    long tag(int index) {
        return tags[index];
    }

    long newestTag() {
        return tags[tagCount - 1];
    }

    void addTag(long tag) {
        tags[tagCount++] = tag;
    }

    void removeTag(long tag) {
        int kept = 0;
        for (int i = 0; i < tagCount; i++) {
            if (tags[i] != tag) {
                tags[kept++] = tags[i];
            }
        }
        tagCount = kept;
    }
}
