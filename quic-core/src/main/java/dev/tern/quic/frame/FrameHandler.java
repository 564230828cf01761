package dev.tern.quic.frame;

import java.net.InetSocketAddress;

/**
 * What is in a packet, frame by frame, as {@link FrameReader} finds it. Bytes are passed as a place
 * in the packet's buffer and are valid during the call only. Every method may refuse what it hears
 * with a {@link dev.tern.quic.wire.TransportException}.
 */
public interface FrameHandler {
    /** PADDING (RFC 9000 §19.1): a run of {@code length} bytes. */
    void onPadding(int length);

    /** PING (§19.2). */
    void onPing();

    /** ACK (§19.3) begins; the delay is still scaled by the sender's ack_delay_exponent. */
    void onAckBegin(long largestAcknowledged, long scaledAckDelay);

    /** A range of acknowledged packet numbers, both ends included; highest range first. */
    void onAckRange(long smallest, long largest);

    /** ACK ends; the ECN counts are -1 where the frame has none. */
    void onAckEnd(long ect0, long ect1, long ce);

    /** RESET_STREAM (§19.4). */
    void onResetStream(long streamId, long errorCode, long finalSize);

    /** STOP_SENDING (§19.5). */
    void onStopSending(long streamId, long errorCode);

    /** CRYPTO (§19.6). */
    void onCrypto(long streamOffset, byte[] buffer, int offset, int length);

    /** NEW_TOKEN (§19.7). */
    void onNewToken(byte[] buffer, int offset, int length);

    /** STREAM (§19.8). */
    void onStream(
            long streamId, long streamOffset, byte[] buffer, int offset, int length, boolean fin);

    /** MAX_DATA (§19.9). */
    void onMaxData(long maximumBytes);

    /** MAX_STREAM_DATA (§19.10). */
    void onMaxStreamData(long streamId, long maximumBytes);

    /** MAX_STREAMS (§19.11). */
    void onMaxStreams(boolean bidirectional, long maximumStreams);

    /** DATA_BLOCKED (§19.12). */
    void onDataBlocked(long limitBytes);

    /** STREAM_DATA_BLOCKED (§19.13). */
    void onStreamDataBlocked(long streamId, long limitBytes);

    /** STREAMS_BLOCKED (§19.14). */
    void onStreamsBlocked(boolean bidirectional, long limitStreams);

    /** NEW_CONNECTION_ID (§19.15); the 16-byte stateless reset token is at {@code tokenOffset}. */
    void onNewConnectionId(
            long sequence,
            long retirePriorTo,
            byte[] buffer,
            int idOffset,
            int idLength,
            int tokenOffset);

    /** RETIRE_CONNECTION_ID (§19.16). */
    void onRetireConnectionId(long sequence);

    /** PATH_CHALLENGE (§19.17); the 8 bytes as a big-endian number. */
    void onPathChallenge(long data);

    /** PATH_RESPONSE (§19.18). */
    void onPathResponse(long data);

    /** CONNECTION_CLOSE (§19.19); {@code frameType} is 0 for the application's variant. */
    void onConnectionClose(
            boolean application,
            long errorCode,
            long frameType,
            byte[] buffer,
            int reasonOffset,
            int reasonLength);

    /** HANDSHAKE_DONE (§19.20). */
    void onHandshakeDone();

    /** IMMEDIATE_ACK (draft-ietf-quic-ack-frequency). */
    default void onImmediateAck() {}

    /** ACK_FREQUENCY (draft-ietf-quic-ack-frequency). */
    default void onAckFrequency(
            long sequence, long ackElicitingThreshold, long maxAckDelayUs, long reordering) {}

    /** DATAGRAM (RFC 9221 §4). */
    void onDatagram(byte[] buffer, int offset, int length);

    /** OBSERVED_ADDRESS (draft-ietf-quic-address-discovery). */
    void onObservedAddress(long sequence, InetSocketAddress address);

    /** ADD_ADDRESS (draft-seemann-quic-nat-traversal-02). */
    void onAddAddress(long sequence, InetSocketAddress address);

    /** PUNCH_ME_NOW (draft-seemann-quic-nat-traversal-02). */
    void onPunchMeNow(long round, long pairedWithSequence, InetSocketAddress address);

    /** REMOVE_ADDRESS (draft-seemann-quic-nat-traversal-02). */
    void onRemoveAddress(long sequence);

    /** PATH_SWITCH (Tern): from here on the sender sends on the path this came by. */
    void onPathSwitch(long epoch, long reason);

    /** ROUTABLE_CONNECTION_ID (Tern): NEW_CONNECTION_ID for the path through that relay. */
    void onRoutableConnectionId(
            InetSocketAddress relay,
            long sequence,
            long retirePriorTo,
            byte[] buffer,
            int idOffset,
            int idLength,
            int tokenOffset);
}
