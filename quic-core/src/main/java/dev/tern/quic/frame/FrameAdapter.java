package dev.tern.quic.frame;

import java.net.InetSocketAddress;

/**
 * Hears nothing, and allocates nothing: for handlers that want some frames only. A handler that has
 * to know every frame implements {@link FrameHandler} itself, so that no new one passes it by.
 */
public class FrameAdapter implements FrameHandler {
    @Override
    public void onPadding(int length) {}

    @Override
    public void onPing() {}

    @Override
    public void onAckBegin(long largestAcknowledged, long scaledAckDelay) {}

    @Override
    public void onAckRange(long smallest, long largest) {}

    @Override
    public void onAckEnd(long ect0, long ect1, long ce) {}

    @Override
    public void onResetStream(long streamId, long errorCode, long finalSize) {}

    @Override
    public void onStopSending(long streamId, long errorCode) {}

    @Override
    public void onCrypto(long streamOffset, byte[] buffer, int offset, int length) {}

    @Override
    public void onNewToken(byte[] buffer, int offset, int length) {}

    @Override
    public void onStream(
            long streamId, long streamOffset, byte[] buffer, int offset, int length, boolean fin) {}

    @Override
    public void onMaxData(long maximumBytes) {}

    @Override
    public void onMaxStreamData(long streamId, long maximumBytes) {}

    @Override
    public void onMaxStreams(boolean bidirectional, long maximumStreams) {}

    @Override
    public void onDataBlocked(long limitBytes) {}

    @Override
    public void onStreamDataBlocked(long streamId, long limitBytes) {}

    @Override
    public void onStreamsBlocked(boolean bidirectional, long limitStreams) {}

    @Override
    public void onNewConnectionId(
            long sequence,
            long retirePriorTo,
            byte[] buffer,
            int idOffset,
            int idLength,
            int tokenOffset) {}

    @Override
    public void onRetireConnectionId(long sequence) {}

    @Override
    public void onPathChallenge(long data) {}

    @Override
    public void onPathResponse(long data) {}

    @Override
    public void onConnectionClose(
            boolean application,
            long errorCode,
            long frameType,
            byte[] buffer,
            int reasonOffset,
            int reasonLength) {}

    @Override
    public void onHandshakeDone() {}

    @Override
    public void onDatagram(byte[] buffer, int offset, int length) {}

    @Override
    public void onObservedAddress(long sequence, InetSocketAddress address) {}

    @Override
    public void onAddAddress(long sequence, InetSocketAddress address) {}

    @Override
    public void onPunchMeNow(long round, long pairedWithSequence, InetSocketAddress address) {}

    @Override
    public void onRemoveAddress(long sequence) {}

    @Override
    public void onPathSwitch(long epoch, long reason) {}

    @Override
    public void onRoutableConnectionId(
            InetSocketAddress relay,
            long sequence,
            long retirePriorTo,
            byte[] buffer,
            int idOffset,
            int idLength,
            int tokenOffset) {}
}
