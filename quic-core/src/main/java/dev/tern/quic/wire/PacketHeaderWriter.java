package dev.tern.quic.wire;

/**
 * Writes packet headers (RFC 9000 §17.2, §17.3). The bits that header protection will cover are
 * written plain: reserved bits 0, packet number length, key phase.
 */
public final class PacketHeaderWriter {
    /** Bytes of the length field, whatever its value, so that it can be filled in at the end. */
    public static final int LENGTH_FIELD_BYTES = 2;

    /** The most that {@link #setLength} can write. */
    public static final int MAX_LENGTH_VALUE = (1 << 14) - 1;

    private static final int LONG_FORM = 0x80;
    private static final int FIXED_BIT = 0x40;
    private static final int KEY_PHASE_BIT = 0x04;
    private static final int TWO_BYTE_VARINT = 0x4000;

    private PacketHeaderWriter() {}

    /** How many bytes {@link #writeLong} will write. */
    public static int longHeaderSize(
            PacketType type,
            ConnectionId destination,
            ConnectionId source,
            int tokenLength,
            int packetNumberLength) {
        int token = type == PacketType.INITIAL ? VarInt.size(tokenLength) + tokenLength : 0;
        return 1
                + Integer.BYTES
                + 1
                + destination.length()
                + 1
                + source.length()
                + token
                + LENGTH_FIELD_BYTES
                + packetNumberLength;
    }

    /**
     * Writes an Initial, 0-RTT or Handshake header up to and with its packet number; the writer
     * then stands at the payload.
     *
     * @param token of an Initial packet; empty for others
     * @return the offset of the length field, for {@link #setLength}; the packet number is {@link
     *     #LENGTH_FIELD_BYTES} behind it
     */
    public static int writeLong(
            ByteWriter out,
            PacketType type,
            int version,
            ConnectionId destination,
            ConnectionId source,
            byte[] token,
            long packetNumber,
            int packetNumberLength) {
        writeLongStart(out, type, version, destination, source, packetNumberLength - 1);
        if (type == PacketType.INITIAL) {
            out.writeVarint(token.length);
            out.writeBytes(token);
        }
        int lengthOffset = out.position();
        out.writeVarint2(0);
        PacketNumbers.write(out, packetNumber, packetNumberLength);
        return lengthOffset;
    }

    /**
     * Fills in the length field.
     *
     * @param value bytes of packet number, payload and authentication tag
     */
    public static void setLength(byte[] buffer, int lengthOffset, int value) {
        if (value > MAX_LENGTH_VALUE) {
            throw new IllegalArgumentException(
                    "packet of " + value + " bytes, at most " + MAX_LENGTH_VALUE);
        }
        buffer[lengthOffset] = (byte) ((value | TWO_BYTE_VARINT) >> 8);
        buffer[lengthOffset + 1] = (byte) value;
    }

    /** How many bytes {@link #writeShort} will write. */
    public static int shortHeaderSize(ConnectionId destination, int packetNumberLength) {
        return 1 + destination.length() + packetNumberLength;
    }

    /**
     * Writes a 1-RTT header; the writer then stands at the payload. The spin bit is always 0: Tern
     * does not take part (RFC 9000 §17.4).
     *
     * @return the offset of the packet number
     */
    public static int writeShort(
            ByteWriter out,
            ConnectionId destination,
            boolean keyPhase,
            long packetNumber,
            int packetNumberLength) {
        out.writeByte(FIXED_BIT | (keyPhase ? KEY_PHASE_BIT : 0) | (packetNumberLength - 1));
        destination.write(out);
        int packetNumberOffset = out.position();
        PacketNumbers.write(out, packetNumber, packetNumberLength);
        return packetNumberOffset;
    }

    static void writeLongStart(
            ByteWriter out,
            PacketType type,
            int version,
            ConnectionId destination,
            ConnectionId source,
            int lowBits) {
        out.writeByte(LONG_FORM | FIXED_BIT | (type.longHeaderBits(version) << 4) | lowBits);
        out.writeInt(version);
        out.writeByte(destination.length());
        destination.write(out);
        out.writeByte(source.length());
        source.write(out);
    }
}
