package dev.tern.quic.wire;

/**
 * Retry: a server asks the client to prove its address (RFC 9000 §17.2.5). {@link PacketHeader}
 * finds its token; whoever has the keys makes and checks the integrity tag (RFC 9001 §5.8).
 */
public final class RetryPacket {
    public static final int INTEGRITY_TAG_BYTES = 16;

    private RetryPacket() {}

    /** Writes the packet without its integrity tag, which is computed over it and put behind it. */
    public static void encode(
            ByteWriter out,
            int version,
            ConnectionId destination,
            ConnectionId source,
            byte[] token) {
        PacketHeaderWriter.writeLongStart(out, PacketType.RETRY, version, destination, source, 0);
        out.writeBytes(token);
    }

    /** Where the integrity tag of a parsed Retry packet begins. */
    public static int integrityTagOffset(PacketHeader header) {
        return header.tokenOffset() + header.tokenLength();
    }
}
