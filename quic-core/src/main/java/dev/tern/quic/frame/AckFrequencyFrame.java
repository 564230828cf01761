package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.VarInt;

/**
 * ACK_FREQUENCY: how often its sender wishes to hear of arrivals (draft-ietf-quic-ack-frequency).
 */
public final class AckFrequencyFrame {
    static final int TYPE = 0xaf;

    static void decode(ByteReader in, FrameHandler handler) {
        handler.onAckFrequency(in.readVarint(), in.readVarint(), in.readVarint(), in.readVarint());
    }

    /** How many bytes {@link #encode} will write. */
    public static int size(
            long sequence, long ackElicitingThreshold, long maxAckDelayUs, long reordering) {
        return VarInt.size(TYPE)
                + VarInt.size(sequence)
                + VarInt.size(ackElicitingThreshold)
                + VarInt.size(maxAckDelayUs)
                + VarInt.size(reordering);
    }

    public static void encode(
            ByteWriter out,
            long sequence,
            long ackElicitingThreshold,
            long maxAckDelayUs,
            long reordering) {
        out.writeVarint(TYPE);
        out.writeVarint(sequence);
        out.writeVarint(ackElicitingThreshold);
        out.writeVarint(maxAckDelayUs);
        out.writeVarint(reordering);
    }

    private AckFrequencyFrame() {}
}
