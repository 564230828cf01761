package dev.tern.quic.recovery;

import java.util.ArrayDeque;

/**
 * Free {@link SentPacket} objects, so that sending allocates nothing. Shared by the connections of
 * an endpoint: one that has nothing in flight keeps none. Owned by one agent; not thread-safe.
 */
public final class SentPacketPool {
    private static final int MAX_FREE = 16_384;

    private final ArrayDeque<SentPacket> free = new ArrayDeque<>();

    public SentPacket take() {
        SentPacket packet = free.pollLast();
        if (packet == null) {
            packet = new SentPacket();
            packet.clear();
        }
        return packet;
    }

    /** Nobody needs any for now: leaves them to the garbage collector. */
    public void shrink() {
        free.clear();
    }

    public void release(SentPacket packet) {
        if (free.size() < MAX_FREE) {
            packet.clear();
            free.addLast(packet);
        }
    }
}
