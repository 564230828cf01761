package dev.tern.quic.recovery;

import dev.tern.quic.wire.ByteWriter;

/**
 * Something that has frames to send in 1-RTT packets. The packet assembler asks its sources in
 * order of priority; an extension is one more source, not another branch in the connection.
 */
public interface FrameSource {
    /** Whether {@link #writeFrames} would write something, given enough room. */
    boolean hasFramesToSend();

    /**
     * Writes frames while they fit in {@code out.remaining()}, and names their owners to {@code
     * packet}. Ack-eliciting frames only; writes nothing rather than a part of a frame.
     */
    void writeFrames(ByteWriter out, SentPacket packet, long nowNs);
}
