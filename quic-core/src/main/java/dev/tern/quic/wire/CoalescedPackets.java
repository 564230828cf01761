package dev.tern.quic.wire;

import java.util.Arrays;

/**
 * Walks the packets of one datagram (RFC 9000 §12.2). A packet to another connection ID than the
 * first one's is passed over; where the rest is not a packet the walk ends. Reused; allocates
 * nothing; not thread-safe.
 */
public final class CoalescedPackets {
    private final PacketHeader header = new PacketHeader();
    private byte[] datagram = new byte[0];
    private int position;
    private int end;
    private int shortHeaderDcidLength;
    private int firstIdOffset;
    private int firstIdLength;
    private boolean atFirst;

    /**
     * Starts over with a datagram.
     *
     * @param dcidLength of a short header, as for {@link PacketHeader#parse}
     */
    public CoalescedPackets wrap(byte[] source, int offset, int length, int dcidLength) {
        datagram = source;
        position = offset;
        end = offset + length;
        shortHeaderDcidLength = dcidLength;
        atFirst = true;
        return this;
    }

    /** Moves to the next packet; until then its header is {@link #header}. */
    public boolean next() {
        while (position < end
                && header.parse(datagram, position, end - position, shortHeaderDcidLength)) {
            position += header.packetLength();
            if (atFirst) {
                atFirst = false;
                firstIdOffset = header.destinationIdOffset();
                firstIdLength = header.destinationIdLength();
                return true;
            }
            if (isToFirstId()) {
                return true;
            }
        }
        position = end;
        return false;
    }

    /** The packet that {@link #next} moved to. */
    public PacketHeader header() {
        return header;
    }

    private boolean isToFirstId() {
        int offset = header.destinationIdOffset();
        return Arrays.equals(
                datagram,
                offset,
                offset + header.destinationIdLength(),
                datagram,
                firstIdOffset,
                firstIdOffset + firstIdLength);
    }
}
