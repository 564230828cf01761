package dev.tern.quic.connection;

import dev.tern.quic.frame.AddAddressFrame;
import dev.tern.quic.frame.PunchMeNowFrame;
import dev.tern.quic.frame.RemoveAddressFrame;
import dev.tern.quic.recovery.FrameOwner;
import dev.tern.quic.recovery.FrameSource;
import dev.tern.quic.recovery.SentPacket;
import dev.tern.quic.wire.ByteWriter;

import org.agrona.collections.Long2ObjectHashMap;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;

/**
 * The frames by which peers exchange addresses to punch towards: ADD_ADDRESS, PUNCH_ME_NOW and
 * REMOVE_ADDRESS (draft-seemann-quic-nat-traversal-02), sent until acknowledged. When to send which
 * is the NAT traversal's business. Owned by one agent; not thread-safe.
 */
public final class AddressExchange implements FrameSource, FrameOwner {
    private static final int FRAME_MAX_BYTES = 8 + 8 + 8 + 16 + 2;
    private static final int MAX_PENDING = 64;

    private sealed interface Message {}

    private record Add(long sequence, InetSocketAddress address) implements Message {}

    private record Punch(long round, long pairedWith, InetSocketAddress address)
            implements Message {}

    private record Remove(long sequence) implements Message {}

    private final ArrayDeque<Long> toSend = new ArrayDeque<>(1);
    private final Long2ObjectHashMap<Message> unacknowledged = new Long2ObjectHashMap<>();
    private long nextKey;

    /** Offers an address of this side's under a number of this side's choice. */
    public void addAddress(long sequence, InetSocketAddress address) {
        enqueue(new Add(sequence, address));
    }

    /** Asks the peer to probe {@code address} now, as this side does. */
    public void punchMeNow(long round, long pairedWithSequence, InetSocketAddress address) {
        enqueue(new Punch(round, pairedWithSequence, address));
    }

    /** Withdraws an address. */
    public void removeAddress(long sequence) {
        enqueue(new Remove(sequence));
    }

    private void enqueue(Message message) {
        if (unacknowledged.size() >= MAX_PENDING) {
            return; // a newer round says it again
        }
        unacknowledged.put(nextKey, message);
        toSend.add(nextKey++);
    }

    @Override
    public boolean hasFramesToSend() {
        return !toSend.isEmpty();
    }

    @Override
    public void writeFrames(ByteWriter out, SentPacket packet, long nowNs) {
        while (!toSend.isEmpty() && out.remaining() >= FRAME_MAX_BYTES) {
            long key = toSend.poll();
            Message message = unacknowledged.get(key);
            if (message != null) {
                encode(out, message);
                packet.addFrame(this, key, 0);
            }
        }
    }

    private static void encode(ByteWriter out, Message message) {
        switch (message) {
            case Add add -> AddAddressFrame.encode(out, add.sequence(), add.address());
            case Punch punch ->
                    PunchMeNowFrame.encode(out, punch.round(), punch.pairedWith(), punch.address());
            case Remove remove -> RemoveAddressFrame.encode(out, remove.sequence());
        }
    }

    @Override
    public void onFrameAcked(long key, long unused) {
        unacknowledged.remove(key);
    }

    @Override
    public void onFrameLost(long key, long unused) {
        if (unacknowledged.containsKey(key) && !toSend.contains(key)) {
            toSend.add(key);
        }
    }
}
