package dev.tern.quic.recovery;

import java.util.ArrayDeque;

/** Free {@link SentPacket} objects of one connection, so that sending allocates nothing. */
public final class SentPacketPool {
    private static final int MAX_FREE = 4096;

    private final ArrayDeque<SentPacket> free = new ArrayDeque<>();

    public SentPacket take() {
        SentPacket packet = free.pollLast();
        if (packet == null) {
            packet = new SentPacket();
            packet.clear();
        }
        return packet;
    }

    public void release(SentPacket packet) {
        if (free.size() < MAX_FREE) {
            packet.clear();
            free.addLast(packet);
        }
    }
}
