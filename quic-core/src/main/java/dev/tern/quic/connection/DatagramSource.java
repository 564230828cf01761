package dev.tern.quic.connection;

import dev.tern.quic.frame.DatagramFrame;
import dev.tern.quic.path.Path;
import dev.tern.quic.recovery.FrameOwner;
import dev.tern.quic.recovery.FrameSource;
import dev.tern.quic.recovery.SentPacket;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;

import java.util.ArrayDeque;

/**
 * DATAGRAM frames (RFC 9221): messages that are sent once, whole, and not again. What the
 * congestion controller does not let out in time makes way for what is newer. Owned by one agent;
 * not thread-safe.
 */
final class DatagramSource implements FrameSource, FrameOwner {
    private static final int MAX_QUEUED = 256;

    /**
     * A packet of the smallest size, less the longest short header, the tag, and type and length.
     */
    private static final int MAX_PAYLOAD_BYTES = Path.MIN_DATAGRAM_BYTES - 25 - 16 - 3;

    private final ArrayDeque<byte[]> queue = new ArrayDeque<>(1);
    private final long ownLimit;
    private long peerLimit;
    private long dropped;

    /**
     * @param ownLimit max_datagram_frame_size of this side; 0 for none accepted
     */
    DatagramSource(long ownLimit) {
        this.ownLimit = ownLimit;
    }

    /** max_datagram_frame_size of the peer. */
    void onPeerLimit(long frameBytes) {
        peerLimit = frameBytes;
    }

    /** The longest message that can be sent now; 0 if the peer takes none. */
    int maxPayloadBytes() {
        // Type and a length of two bytes count against the peer's limit, too (RFC 9221 §3).
        return (int) Math.max(0, Math.min(peerLimit - 3, MAX_PAYLOAD_BYTES));
    }

    /** Queues a message; returns false if it is too long. The oldest gives way to too many. */
    boolean send(byte[] message) {
        if (message.length > maxPayloadBytes() || peerLimit == 0) {
            return false;
        }
        if (queue.size() == MAX_QUEUED) {
            queue.pollFirst();
            dropped++;
        }
        queue.addLast(message.clone());
        return true;
    }

    /** How many gave way to newer ones. */
    long dropped() {
        return dropped;
    }

    /** Judges a frame that arrived. */
    void onReceived(int payloadBytes) {
        if (payloadBytes + 1 > ownLimit) {
            throw new TransportException(
                    TransportError.PROTOCOL_VIOLATION,
                    "DATAGRAM of " + payloadBytes + " bytes passes limit " + ownLimit);
        }
    }

    @Override
    public boolean hasFramesToSend() {
        return !queue.isEmpty();
    }

    @Override
    public void writeFrames(ByteWriter out, SentPacket packet, long nowNs) {
        byte[] message;
        while ((message = queue.peekFirst()) != null
                && out.remaining() >= DatagramFrame.headerSize(message.length) + message.length) {
            queue.pollFirst();
            DatagramFrame.encodeHeader(out, message.length);
            out.writeBytes(message);
            packet.addFrame(this, 0, 0);
        }
    }

    @Override
    public void onFrameAcked(long a, long b) {}

    @Override
    public void onFrameLost(long a, long b) {}
}
