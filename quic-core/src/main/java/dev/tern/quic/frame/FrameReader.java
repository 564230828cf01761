package dev.tern.quic.frame;

import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.PacketType;
import dev.tern.quic.wire.TransportError;
import dev.tern.quic.wire.TransportException;
import dev.tern.quic.wire.VarInt;

/**
 * Walks the frames of one packet's payload (RFC 9000 §12.4) and checks what can be checked without
 * knowing the connection: that each frame is whole, in a packet that may carry it, and within the
 * limits of its fields. Allocates nothing, address frames apart. Reused; not thread-safe.
 */
public final class FrameReader {
    private boolean ackEliciting;
    private boolean probingOnly;

    /**
     * Hands every frame to {@code handler}, in order. Frames before a bad one have been handed over
     * when this throws.
     */
    public void read(ByteReader in, PacketType packet, FrameHandler handler) {
        ackEliciting = false;
        probingOnly = true;
        if (!in.hasRemaining()) {
            throw new TransportException(
                    TransportError.PROTOCOL_VIOLATION, packet + " packet without a frame");
        }
        while (in.hasRemaining()) {
            long type = readType(in);
            FrameType frame = FrameType.of(type);
            if (frame == null || frame.isReserved()) {
                throw unknown(type);
            }
            if (!frame.isAllowedIn(packet)) {
                throw new TransportException(
                        TransportError.PROTOCOL_VIOLATION, frame + " in " + packet + " packet");
            }
            ackEliciting |= frame.isAckEliciting();
            probingOnly &= frame.isProbing();
            decode(in, frame, type, handler);
        }
    }

    /** Whether the packet last read asks for an acknowledgement. */
    public boolean ackEliciting() {
        return ackEliciting;
    }

    /** Whether the packet last read held probing frames only (RFC 9000 §9.1). */
    public boolean probingOnly() {
        return probingOnly;
    }

    /**
     * A type in a longer form than needed is refused, as RFC 9000 §12.4 allows: no stack sends one,
     * and whoever reads types byte by byte (a filter on the way) must not see others than we do.
     */
    private static long readType(ByteReader in) {
        int start = in.position();
        long type = in.readVarint();
        if (in.position() - start != VarInt.size(type)) {
            throw new TransportException(
                    TransportError.PROTOCOL_VIOLATION,
                    "frame type 0x" + Long.toHexString(type) + " not in its shortest form");
        }
        return type;
    }

    private static TransportException unknown(long type) {
        return new TransportException(
                TransportError.FRAME_ENCODING_ERROR,
                "unknown frame type 0x" + Long.toHexString(type));
    }

    private static void decode(ByteReader in, FrameType frame, long type, FrameHandler handler) {
        switch (frame) {
            case PADDING -> PaddingFrame.decode(in, handler);
            case PING -> PingFrame.decode(handler);
            case ACK -> AckFrame.decode(in, type == AckFrame.TYPE_ECN, handler);
            case RESET_STREAM -> ResetStreamFrame.decode(in, handler);
            case STOP_SENDING -> StopSendingFrame.decode(in, handler);
            case CRYPTO -> CryptoFrame.decode(in, handler);
            case NEW_TOKEN -> NewTokenFrame.decode(in, handler);
            case STREAM -> StreamFrame.decode(in, (int) type, handler);
            case MAX_DATA -> MaxDataFrame.decode(in, handler);
            case MAX_STREAM_DATA -> MaxStreamDataFrame.decode(in, handler);
            case MAX_STREAMS ->
                    MaxStreamsFrame.decode(in, type == MaxStreamsFrame.TYPE_BIDIRECTIONAL, handler);
            case DATA_BLOCKED -> DataBlockedFrame.decode(in, handler);
            case STREAM_DATA_BLOCKED -> StreamDataBlockedFrame.decode(in, handler);
            case STREAMS_BLOCKED ->
                    StreamsBlockedFrame.decode(
                            in, type == StreamsBlockedFrame.TYPE_BIDIRECTIONAL, handler);
            case NEW_CONNECTION_ID -> NewConnectionIdFrame.decode(in, handler);
            case RETIRE_CONNECTION_ID -> RetireConnectionIdFrame.decode(in, handler);
            case PATH_CHALLENGE -> PathChallengeFrame.decode(in, handler);
            case PATH_RESPONSE -> PathResponseFrame.decode(in, handler);
            case CONNECTION_CLOSE -> ConnectionCloseFrame.decode(in, false, handler);
            case APPLICATION_CLOSE -> ConnectionCloseFrame.decode(in, true, handler);
            case HANDSHAKE_DONE -> HandshakeDoneFrame.decode(handler);
            case IMMEDIATE_ACK -> ImmediateAckFrame.decode(handler);
            case ACK_FREQUENCY -> AckFrequencyFrame.decode(in, handler);
            case DATAGRAM ->
                    DatagramFrame.decode(in, type == DatagramFrame.TYPE_WITH_LENGTH, handler);
            case OBSERVED_ADDRESS ->
                    ObservedAddressFrame.decode(
                            in, type == ObservedAddressFrame.TYPE_IPV4, handler);
            case ADD_ADDRESS ->
                    AddAddressFrame.decode(in, type == AddAddressFrame.TYPE_IPV4, handler);
            case PUNCH_ME_NOW ->
                    PunchMeNowFrame.decode(in, type == PunchMeNowFrame.TYPE_IPV4, handler);
            case REMOVE_ADDRESS -> RemoveAddressFrame.decode(in, handler);
            case PATH_SWITCH -> PathSwitchFrame.decode(in, handler);
            case ROUTABLE_CONNECTION_ID -> RoutableConnectionIdFrame.decode(in, handler);
            case PATH_ACK,
                    PATH_ABANDON,
                    PATH_STATUS_BACKUP,
                    PATH_STATUS_AVAILABLE,
                    PATH_NEW_CONNECTION_ID,
                    PATH_RETIRE_CONNECTION_ID,
                    MAX_PATH_ID,
                    PATHS_BLOCKED,
                    PATH_CIDS_BLOCKED ->
                    throw unknown(type);
        }
    }
}
