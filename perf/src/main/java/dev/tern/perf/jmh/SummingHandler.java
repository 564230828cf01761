package dev.tern.perf.jmh;

import dev.tern.quic.frame.FrameHandler;

import java.net.InetSocketAddress;

/** Adds up every field it hears, so that none can be left undecoded. */
final class SummingHandler implements FrameHandler {
    private long sum;

    long sum() {
        return sum;
    }

    @Override
    public void onPadding(int length) {
        sum += length;
    }

    @Override
    public void onPing() {
        sum++;
    }

    @Override
    public void onAckBegin(long largestAcknowledged, long scaledAckDelay) {
        sum += largestAcknowledged + scaledAckDelay;
    }

    @Override
    public void onAckRange(long smallest, long largest) {
        sum += smallest + largest;
    }

    @Override
    public void onAckEnd(long ect0, long ect1, long ce) {
        sum += ect0 + ect1 + ce;
    }

    @Override
    public void onResetStream(long streamId, long errorCode, long finalSize) {
        sum += streamId + errorCode + finalSize;
    }

    @Override
    public void onStopSending(long streamId, long errorCode) {
        sum += streamId + errorCode;
    }

    @Override
    public void onCrypto(long streamOffset, byte[] buffer, int offset, int length) {
        sum += streamOffset + offset + length;
    }

    @Override
    public void onNewToken(byte[] buffer, int offset, int length) {
        sum += offset + length;
    }

    @Override
    public void onStream(
            long streamId, long streamOffset, byte[] buffer, int offset, int length, boolean fin) {
        sum += streamId + streamOffset + offset + length + (fin ? 1 : 0);
    }

    @Override
    public void onMaxData(long maximumBytes) {
        sum += maximumBytes;
    }

    @Override
    public void onMaxStreamData(long streamId, long maximumBytes) {
        sum += streamId + maximumBytes;
    }

    @Override
    public void onMaxStreams(boolean bidirectional, long maximumStreams) {
        sum += maximumStreams;
    }

    @Override
    public void onDataBlocked(long limitBytes) {
        sum += limitBytes;
    }

    @Override
    public void onStreamDataBlocked(long streamId, long limitBytes) {
        sum += streamId + limitBytes;
    }

    @Override
    public void onStreamsBlocked(boolean bidirectional, long limitStreams) {
        sum += limitStreams;
    }

    @Override
    public void onNewConnectionId(
            long sequence,
            long retirePriorTo,
            byte[] buffer,
            int idOffset,
            int idLength,
            int tokenOffset) {
        sum += sequence + retirePriorTo + idOffset + idLength + tokenOffset;
    }

    @Override
    public void onRetireConnectionId(long sequence) {
        sum += sequence;
    }

    @Override
    public void onPathChallenge(long data) {
        sum += data;
    }

    @Override
    public void onPathResponse(long data) {
        sum += data;
    }

    @Override
    public void onConnectionClose(
            boolean application,
            long errorCode,
            long frameType,
            byte[] buffer,
            int reasonOffset,
            int reasonLength) {
        sum += errorCode + frameType + reasonOffset + reasonLength;
    }

    @Override
    public void onImmediateAck() {
        sum++;
    }

    @Override
    public void onAckFrequency(
            long sequence, long ackElicitingThreshold, long maxAckDelayUs, long reordering) {
        sum += sequence + ackElicitingThreshold + maxAckDelayUs + reordering;
    }

    @Override
    public void onHandshakeDone() {
        sum++;
    }

    @Override
    public void onDatagram(byte[] buffer, int offset, int length) {
        sum += offset + length;
    }

    @Override
    public void onObservedAddress(long sequence, InetSocketAddress address) {
        sum += sequence + address.getPort();
    }

    @Override
    public void onAddAddress(long sequence, InetSocketAddress address) {
        sum += sequence + address.getPort();
    }

    @Override
    public void onPunchMeNow(long round, long pairedWithSequence, InetSocketAddress address) {
        sum += round + pairedWithSequence + address.getPort();
    }

    @Override
    public void onRemoveAddress(long sequence) {
        sum += sequence;
    }

    @Override
    public void onPathSwitch(long epoch, long reason) {
        sum += epoch + reason;
    }

    @Override
    public void onRoutableConnectionId(
            InetSocketAddress relay,
            long sequence,
            long retirePriorTo,
            byte[] buffer,
            int idOffset,
            int idLength,
            int tokenOffset) {
        sum += relay.getPort() + sequence + retirePriorTo + idOffset + idLength + tokenOffset;
    }
}
