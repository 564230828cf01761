package dev.tern.quic.frame;

import dev.tern.quic.wire.PacketType;

/**
 * What each frame type may do: RFC 9000 §12.4, table 3, in its own notation, with the extensions
 * behind.
 *
 * <p>The packets it may come in: I Initial, H Handshake, 0 0-RTT, 1 1-RTT. Its special rules: N
 * does not ask for an acknowledgement, P probes a path (§9.1); and one of ours: R is reserved,
 * known by its number but not spoken, and so refused like an unknown type.
 */
public enum FrameType {
    PADDING(0x00, "IH01", "NP"),
    PING(0x01, "IH01", ""),
    ACK(0x02, 0x03, "IH_1", "NC"),
    RESET_STREAM(0x04, "__01", ""),
    STOP_SENDING(0x05, "__01", ""),
    CRYPTO(0x06, "IH_1", ""),
    NEW_TOKEN(0x07, "___1", ""),
    STREAM(0x08, 0x0f, "__01", "F"),
    MAX_DATA(0x10, "__01", ""),
    MAX_STREAM_DATA(0x11, "__01", ""),
    MAX_STREAMS(0x12, 0x13, "__01", ""),
    DATA_BLOCKED(0x14, "__01", ""),
    STREAM_DATA_BLOCKED(0x15, "__01", ""),
    STREAMS_BLOCKED(0x16, 0x17, "__01", ""),
    NEW_CONNECTION_ID(0x18, "__01", "P"),
    RETIRE_CONNECTION_ID(0x19, "__01", ""),
    PATH_CHALLENGE(0x1a, "__01", "P"),
    PATH_RESPONSE(0x1b, "___1", "P"),
    CONNECTION_CLOSE(0x1c, "IH01", "N"),
    APPLICATION_CLOSE(0x1d, "__01", "N"),
    HANDSHAKE_DONE(0x1e, "___1", ""),

    // draft-ietf-quic-ack-frequency.
    IMMEDIATE_ACK(0x1f, "___1", ""),
    ACK_FREQUENCY(0xaf, "___1", ""),

    /** RFC 9221 §4. */
    DATAGRAM(0x30, 0x31, "__01", ""),

    // RFC 10069, never negotiated.
    PATH_ACK(0x3e, 0x3f, "___1", "NCR"),
    PATH_ABANDON(0x3e75, "___1", "R"),
    PATH_STATUS_BACKUP(0x3e76, "___1", "R"),
    PATH_STATUS_AVAILABLE(0x3e77, "___1", "R"),
    PATH_NEW_CONNECTION_ID(0x3e78, "___1", "PR"),
    PATH_RETIRE_CONNECTION_ID(0x3e79, "___1", "R"),
    MAX_PATH_ID(0x3e7a, "___1", "R"),
    PATHS_BLOCKED(0x3e7b, "___1", "R"),
    PATH_CIDS_BLOCKED(0x3e7c, "___1", "R"),

    /** draft-ietf-quic-address-discovery. */
    OBSERVED_ADDRESS(0x9f81a6, 0x9f81a7, "___1", "P"),

    // draft-seemann-quic-nat-traversal-02.
    ADD_ADDRESS(0x3d7e90, 0x3d7e91, "___1", ""),
    PUNCH_ME_NOW(0x3d7e92, 0x3d7e93, "___1", ""),
    REMOVE_ADDRESS(0x3d7e94, "___1", ""),

    // Tern's own.
    PATH_SWITCH(0x7465726e10L, "___1", ""),
    ROUTABLE_CONNECTION_ID(0x7465726e11L, "___1", "");

    private static final FrameType[] ALL = values();
    private static final FrameType[] ONE_BYTE_TYPES = new FrameType[0x40];

    static {
        for (int type = 0; type < ONE_BYTE_TYPES.length; type++) {
            ONE_BYTE_TYPES[type] = search(type);
        }
    }

    private final long firstType;
    private final long lastType;
    private final int packets;
    private final boolean ackEliciting;
    private final boolean probing;
    private final boolean congestionControlled;
    private final boolean flowControlled;
    private final boolean reserved;

    FrameType(long type, String packets, String rules) {
        this(type, type, packets, rules);
    }

    FrameType(long firstType, long lastType, String packets, String rules) {
        this.firstType = firstType;
        this.lastType = lastType;
        this.packets = packetSet(packets);
        this.ackEliciting = rules.indexOf('N') < 0;
        this.probing = rules.indexOf('P') >= 0;
        this.congestionControlled = rules.indexOf('C') < 0;
        this.flowControlled = rules.indexOf('F') >= 0;
        this.reserved = rules.indexOf('R') >= 0;
    }

    /** The entry for a type as a packet carries it, or null when it is unknown here. */
    public static FrameType of(long type) {
        return type >= 0 && type < ONE_BYTE_TYPES.length
                ? ONE_BYTE_TYPES[(int) type]
                : search(type);
    }

    /** Whether a packet with this frame asks for an acknowledgement (RFC 9002 §2). */
    public boolean isAckEliciting() {
        return ackEliciting;
    }

    /** Whether a packet with only such frames is a probe, no migration (RFC 9000 §9.1). */
    public boolean isProbing() {
        return probing;
    }

    /** Whether a packet with this frame counts as in flight (RFC 9002 §2). */
    public boolean isCongestionControlled() {
        return congestionControlled;
    }

    /** Whether what the frame carries counts against the receiver's limits (RFC 9000 §4). */
    public boolean isFlowControlled() {
        return flowControlled;
    }

    /** Whether only the number is known, of an extension that is never negotiated. */
    public boolean isReserved() {
        return reserved;
    }

    /** Whether the frame may come in such packets. */
    public boolean isAllowedIn(PacketType packet) {
        return (packets & bit(packet)) != 0;
    }

    private static int packetSet(String letters) {
        return (letters.indexOf('I') < 0 ? 0 : bit(PacketType.INITIAL))
                | (letters.indexOf('H') < 0 ? 0 : bit(PacketType.HANDSHAKE))
                | (letters.indexOf('0') < 0 ? 0 : bit(PacketType.ZERO_RTT))
                | (letters.indexOf('1') < 0 ? 0 : bit(PacketType.ONE_RTT));
    }

    private static int bit(PacketType packet) {
        return 1 << packet.ordinal();
    }

    private static FrameType search(long type) {
        for (FrameType candidate : ALL) {
            if (type >= candidate.firstType && type <= candidate.lastType) {
                return candidate;
            }
        }
        return null;
    }
}
