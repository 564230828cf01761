package dev.tern.quic.wire;

/** The packet types of QUIC version 1 and 2 (RFC 9000 §17.2, §17.3; RFC 9369 §3.2). */
public enum PacketType {
    INITIAL(0),
    ZERO_RTT(1),
    HANDSHAKE(2),
    RETRY(3),
    VERSION_NEGOTIATION(-1),
    ONE_RTT(-1);

    private static final PacketType[] LONG = {INITIAL, ZERO_RTT, HANDSHAKE, RETRY};

    private final int bitsV1;

    PacketType(int bitsV1) {
        this.bitsV1 = bitsV1;
    }

    /** The type that two bits of a long header mean. */
    static PacketType ofLongHeaderBits(int version, int bits) {
        return LONG[version == Versions.V2 ? (bits - 1) & 3 : bits];
    }

    /** Version 2 turns the numbers by one, so that middleboxes do not learn to rely on them. */
    int longHeaderBits(int version) {
        return version == Versions.V2 ? (bitsV1 + 1) & 3 : bitsV1;
    }
}
