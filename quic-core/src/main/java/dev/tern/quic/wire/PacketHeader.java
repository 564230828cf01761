package dev.tern.quic.wire;

/**
 * Where the parts of a packet's header are, found without removing its protection (RFC 8999 §5, RFC
 * 9000 §17). Offsets are indexes into the parsed array. Reused: every {@link #parse} starts over.
 * Allocates nothing. Not thread-safe.
 */
public final class PacketHeader {
    /**
     * In place of a length for {@link #parse}: the destination connection ID of a short header says
     * its own length, as every ID does that Tern issues.
     */
    public static final int SELF_DESCRIBED = -1;

    /** The sample for header protection starts this far behind the packet number's start. */
    private static final int SAMPLE_OFFSET = 4;

    private static final int SAMPLE_BYTES = 16;
    private static final int LONG_FORM = 0x80;
    private static final int FIXED_BIT = 0x40;
    private static final int VERSION_BYTES = 4;

    private PacketType type;
    private int version;
    private int destinationIdOffset;
    private int destinationIdLength;
    private int sourceIdOffset;
    private int sourceIdLength;
    private int tokenOffset;
    private int tokenLength;
    private int packetNumberOffset;
    private int packetOffset;
    private int packetLength;

    private byte[] buffer;
    private int position;
    private int end;
    private long varint;

    /**
     * Finds the header of the packet at {@code offset}.
     *
     * @param length bytes from there to the end of the datagram
     * @param shortHeaderDcidLength length of the connection IDs this endpoint issued, or {@link
     *     #SELF_DESCRIBED}
     * @return whether it is a packet; if not, it and what follows in the datagram is to be dropped,
     *     and the accessors mean nothing. A datagram that is not a packet may yet be a stateless
     *     reset.
     */
    public boolean parse(byte[] source, int offset, int length, int shortHeaderDcidLength) {
        buffer = source;
        position = offset;
        end = offset + length;
        packetOffset = offset;
        packetLength = length;
        type = null;
        version = 0;
        sourceIdOffset = 0;
        sourceIdLength = 0;
        tokenOffset = 0;
        tokenLength = 0;
        packetNumberOffset = 0;
        boolean parsed = length > 0 && parseForm(shortHeaderDcidLength);
        buffer = null;
        return parsed;
    }

    /**
     * The packet's type, or null when the version is not one of {@link Versions#isReadable}: then
     * only the version and the connection IDs, of up to 255 bytes, are known (RFC 8999 §5.1).
     */
    public PacketType type() {
        return type;
    }

    /** The version of a long header; 0 for a short one and for Version Negotiation. */
    public int version() {
        return version;
    }

    public int destinationIdOffset() {
        return destinationIdOffset;
    }

    public int destinationIdLength() {
        return destinationIdLength;
    }

    public int sourceIdOffset() {
        return sourceIdOffset;
    }

    public int sourceIdLength() {
        return sourceIdLength;
    }

    /** The token of an Initial or Retry packet. */
    public int tokenOffset() {
        return tokenOffset;
    }

    public int tokenLength() {
        return tokenLength;
    }

    /** The protected packet number of a packet that has one; else 0. */
    public int packetNumberOffset() {
        return packetNumberOffset;
    }

    public int packetOffset() {
        return packetOffset;
    }

    /** The whole packet's length: behind it starts the next coalesced one (RFC 9000 §12.2). */
    public int packetLength() {
        return packetLength;
    }

    /**
     * Whether the packet is long enough for its header protection to be removed: one that is not
     * must be discarded (RFC 9001 §5.4.2).
     */
    public boolean hasSample() {
        return packetNumberOffset != 0
                && packetOffset + packetLength - packetNumberOffset >= SAMPLE_OFFSET + SAMPLE_BYTES;
    }

    private boolean parseForm(int shortHeaderDcidLength) {
        int first = buffer[position++] & 0xff;
        return (first & LONG_FORM) == 0
                ? parseShort(first, shortHeaderDcidLength)
                : parseLong(first);
    }

    private boolean parseShort(int first, int dcidLength) {
        if ((first & FIXED_BIT) == 0) {
            return false;
        }
        int idLength = dcidLength;
        if (idLength == SELF_DESCRIBED) {
            if (position == end) {
                return false;
            }
            idLength = ConnectionId.selfDescribedLength(buffer[position]);
        }
        if (idLength > ConnectionId.MAX_LENGTH || idLength > end - position) {
            return false;
        }
        type = PacketType.ONE_RTT;
        destinationIdOffset = position;
        destinationIdLength = idLength;
        packetNumberOffset = position + idLength;
        return true;
    }

    private boolean parseLong(int first) {
        if (end - position < VERSION_BYTES) {
            return false;
        }
        for (int i = 0; i < VERSION_BYTES; i++) {
            version = (version << 8) | (buffer[position++] & 0xff);
        }
        if (!parseConnectionIds()) {
            return false;
        }
        if (version == Versions.NEGOTIATION) {
            type = PacketType.VERSION_NEGOTIATION;
            int versionBytes = end - position;
            return idsFit() && versionBytes > 0 && versionBytes % VERSION_BYTES == 0;
        }
        if (!Versions.isReadable(version)) {
            return true;
        }
        if (!idsFit() || (first & FIXED_BIT) == 0) {
            return false;
        }
        type = PacketType.ofLongHeaderBits(version, (first >> 4) & 3);
        return type == PacketType.RETRY ? parseRetry() : parseNumbered();
    }

    private boolean parseConnectionIds() {
        if (position == end) {
            return false;
        }
        destinationIdLength = buffer[position++] & 0xff;
        destinationIdOffset = position;
        // One byte more: the length of the source connection ID.
        if (end - position < destinationIdLength + 1) {
            return false;
        }
        position += destinationIdLength;
        sourceIdLength = buffer[position++] & 0xff;
        sourceIdOffset = position;
        if (end - position < sourceIdLength) {
            return false;
        }
        position += sourceIdLength;
        return true;
    }

    private boolean idsFit() {
        return destinationIdLength <= ConnectionId.MAX_LENGTH
                && sourceIdLength <= ConnectionId.MAX_LENGTH;
    }

    private boolean parseRetry() {
        tokenOffset = position;
        tokenLength = end - position - RetryPacket.INTEGRITY_TAG_BYTES;
        // A Retry without a token must be discarded (RFC 9000 §17.2.5.2).
        return tokenLength > 0;
    }

    private boolean parseNumbered() {
        if (type == PacketType.INITIAL) {
            if (!readVarint() || varint > end - position) {
                return false;
            }
            tokenOffset = position;
            tokenLength = (int) varint;
            position += tokenLength;
        }
        if (!readVarint() || varint > end - position || varint == 0) {
            return false;
        }
        packetNumberOffset = position;
        packetLength = position + (int) varint - packetOffset;
        return true;
    }

    /** Unlike {@link ByteReader} a header never throws: a bad datagram is no error of the peer. */
    private boolean readVarint() {
        if (position == end) {
            return false;
        }
        int length = 1 << ((buffer[position] & 0xc0) >> 6);
        if (length > end - position) {
            return false;
        }
        varint = buffer[position++] & 0x3f;
        for (int i = 1; i < length; i++) {
            varint = (varint << 8) | (buffer[position++] & 0xff);
        }
        return true;
    }
}
