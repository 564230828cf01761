package dev.tern.quic.recovery;

/**
 * Whoever put a frame into a packet and learns what became of it. The two arguments are the owner's
 * own words for the frame (an offset and a length, a sequence number); nobody else reads them.
 */
public interface FrameOwner {
    /** The packet with this frame was acknowledged. Called at most once for a frame sent. */
    void onFrameAcked(long a, long b);

    /**
     * The packet with this frame was declared lost: send again what still matters. An
     * acknowledgement may still follow (RFC 9002 §6.1, spurious loss).
     */
    void onFrameLost(long a, long b);
}
