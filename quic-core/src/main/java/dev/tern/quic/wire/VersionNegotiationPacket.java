package dev.tern.quic.wire;

/** Version Negotiation: the versions a server speaks (RFC 8999 §6, RFC 9000 §17.2.1). */
public final class VersionNegotiationPacket {
    private static final int LONG_FORM_AND_FIXED_BIT = 0xc0;

    private VersionNegotiationPacket() {}

    /** How many bytes {@link #encode} will write. */
    public static int size(PacketHeader received, int versionCount) {
        return 1
                + Integer.BYTES
                + 1
                + received.sourceIdLength()
                + 1
                + received.destinationIdLength()
                + versionCount * Integer.BYTES;
    }

    /**
     * Writes the answer to a packet of a version that is not spoken here. The connection IDs, of
     * any length, go back with their roles swapped.
     *
     * @param datagram where {@code received} was parsed from
     */
    public static void encode(
            ByteWriter out, byte[] datagram, PacketHeader received, int[] versions) {
        out.writeByte(LONG_FORM_AND_FIXED_BIT);
        out.writeInt(Versions.NEGOTIATION);
        out.writeByte(received.sourceIdLength());
        out.writeBytes(datagram, received.sourceIdOffset(), received.sourceIdLength());
        out.writeByte(received.destinationIdLength());
        out.writeBytes(datagram, received.destinationIdOffset(), received.destinationIdLength());
        for (int version : versions) {
            out.writeInt(version);
        }
    }

    /** How many versions a parsed packet offers, at least one. */
    public static int versionCount(PacketHeader header) {
        int end = header.packetOffset() + header.packetLength();
        return (end - versionsOffset(header)) / Integer.BYTES;
    }

    /** The version at {@code index}; which means nothing unless it is below the count. */
    public static int version(byte[] datagram, PacketHeader header, int index) {
        int offset = versionsOffset(header) + index * Integer.BYTES;
        return (int) PacketNumbers.read(datagram, offset, Integer.BYTES);
    }

    private static int versionsOffset(PacketHeader header) {
        return header.sourceIdOffset() + header.sourceIdLength();
    }
}
