package dev.tern.quic.frame;

import dev.tern.quic.buf.RangeSet;
import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ByteWriter;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;
import dev.tern.quic.wire.VarInt;

/** ACK: packet numbers received, newest first (RFC 9000 §19.3). */
public final class AckFrame {
    static final int TYPE = 0x02;
    static final int TYPE_ECN = 0x03;

    private static final long NO_COUNT = -1;

    static void decode(ByteReader in, boolean ecn, FrameHandler handler) {
        long largest = in.readVarint();
        long scaledDelay = in.readVarint();
        long moreRanges = in.readVarint();
        handler.onAckBegin(largest, scaledDelay);
        long smallest = below(largest, in.readVarint());
        handler.onAckRange(smallest, largest);
        // Each range takes two bytes at least, so that a false count ends in a truncated frame.
        for (long i = 0; i < moreRanges; i++) {
            largest = below(smallest, in.readVarint() + 2);
            smallest = below(largest, in.readVarint());
            handler.onAckRange(smallest, largest);
        }
        if (ecn) {
            handler.onAckEnd(in.readVarint(), in.readVarint(), in.readVarint());
        } else {
            handler.onAckEnd(NO_COUNT, NO_COUNT, NO_COUNT);
        }
    }

    /**
     * Writes as many ranges as fit, newest first.
     *
     * @param received not empty
     * @return how many ranges were written; 0 when not even one fits, and then nothing was written
     */
    public static int encode(ByteWriter out, RangeSet received, long scaledDelay, int maxRanges) {
        return encodeRanges(out, TYPE, received, scaledDelay, maxRanges, 0);
    }

    /** The same with the counts of packets that came with each ECN mark (§19.3.2). */
    public static int encode(
            ByteWriter out,
            RangeSet received,
            long scaledDelay,
            int maxRanges,
            long ect0,
            long ect1,
            long ce) {
        int countsSize = VarInt.size(ect0) + VarInt.size(ect1) + VarInt.size(ce);
        int ranges = encodeRanges(out, TYPE_ECN, received, scaledDelay, maxRanges, countsSize);
        if (ranges > 0) {
            out.writeVarint(ect0);
            out.writeVarint(ect1);
            out.writeVarint(ce);
        }
        return ranges;
    }

    private static int encodeRanges(
            ByteWriter out,
            int type,
            RangeSet received,
            long scaledDelay,
            int maxRanges,
            int reservedBytes) {
        int room = out.remaining() - reservedBytes;
        int ranges = rangesThatFit(room, received, scaledDelay, maxRanges);
        if (ranges == 0) {
            return 0;
        }
        out.writeByte(type);
        out.writeVarint(received.largest(0));
        out.writeVarint(scaledDelay);
        out.writeVarint(ranges - 1);
        out.writeVarint(received.largest(0) - received.smallest(0));
        for (int i = 1; i < ranges; i++) {
            out.writeVarint(gap(received, i));
            out.writeVarint(received.largest(i) - received.smallest(i));
        }
        return ranges;
    }

    private static int rangesThatFit(int room, RangeSet received, long scaledDelay, int maxRanges) {
        int limit = Math.min(maxRanges, received.rangeCount());
        int size =
                1
                        + VarInt.size(received.largest(0))
                        + VarInt.size(scaledDelay)
                        + VarInt.size(limit - 1)
                        + VarInt.size(received.largest(0) - received.smallest(0));
        if (size > room) {
            return 0;
        }
        int ranges = 1;
        while (ranges < limit) {
            size +=
                    VarInt.size(gap(received, ranges))
                            + VarInt.size(received.largest(ranges) - received.smallest(ranges));
            if (size > room) {
                break;
            }
            ranges++;
        }
        return ranges;
    }

    /** Packets missing between a range and the one above it, less one (§19.3.1). */
    private static long gap(RangeSet received, int index) {
        return received.smallest(index - 1) - received.largest(index) - 2;
    }

    private static long below(long packetNumber, long distance) {
        if (distance > packetNumber) {
            throw new TransportException(
                    TransportError.FRAME_ENCODING_ERROR,
                    "ACK: range reaches " + distance + " below packet " + packetNumber);
        }
        return packetNumber - distance;
    }

    private AckFrame() {}
}
