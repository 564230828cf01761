package dev.tern.fuzz.sim;

import dev.tern.quic.frame.FrameAdapter;
import dev.tern.quic.wire.ConnectionId;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Makes {@link ObservedFrame}s of what a frame reader finds. */
final class FrameCollector extends FrameAdapter {
    private List<ObservedFrame> frames = new ArrayList<>();
    private List<ObservedFrame.Range> ranges = new ArrayList<>();
    private int payloadOffset;
    private long ackLargest;
    private long ackDelay;

    /** Starts over, with a payload that begins there. */
    FrameCollector from(int offset) {
        frames = new ArrayList<>();
        payloadOffset = offset;
        return this;
    }

    List<ObservedFrame> frames() {
        return frames;
    }

    @Override
    public void onPing() {
        frames.add(new ObservedFrame.Pressing());
    }

    @Override
    public void onAckBegin(long largestAcknowledged, long scaledAckDelay) {
        ackLargest = largestAcknowledged;
        ackDelay = scaledAckDelay;
        ranges = new ArrayList<>();
    }

    @Override
    public void onAckRange(long smallest, long largest) {
        ranges.add(new ObservedFrame.Range(smallest, largest));
    }

    @Override
    public void onAckEnd(long ect0, long ect1, long ce) {
        frames.add(new ObservedFrame.Ack(ackLargest, ackDelay, ranges, ect0, ce));
    }

    @Override
    public void onResetStream(long streamId, long errorCode, long finalSize) {
        frames.add(new ObservedFrame.Reset(streamId, finalSize));
    }

    @Override
    public void onStream(
            long streamId, long streamOffset, byte[] buffer, int offset, int length, boolean fin) {
        frames.add(
                new ObservedFrame.Data(
                        streamId, streamOffset, length, fin, offset - payloadOffset));
    }

    @Override
    public void onMaxData(long maximumBytes) {
        frames.add(new ObservedFrame.MaxData(maximumBytes));
    }

    @Override
    public void onMaxStreamData(long streamId, long maximumBytes) {
        frames.add(new ObservedFrame.MaxStreamData(streamId, maximumBytes));
    }

    @Override
    public void onMaxStreams(boolean bidirectional, long maximumStreams) {
        frames.add(new ObservedFrame.MaxStreams(bidirectional, maximumStreams));
    }

    @Override
    public void onNewConnectionId(
            long sequence,
            long retirePriorTo,
            byte[] buffer,
            int idOffset,
            int idLength,
            int tokenOffset) {
        frames.add(new ObservedFrame.NewId(sequence, ConnectionId.of(buffer, idOffset, idLength)));
    }

    @Override
    public void onRetireConnectionId(long sequence) {
        frames.add(new ObservedFrame.RetireId(sequence));
    }

    @Override
    public void onPathChallenge(long data) {
        frames.add(new ObservedFrame.Challenge(data));
    }

    @Override
    public void onPathResponse(long data) {
        frames.add(new ObservedFrame.Response(data));
    }

    @Override
    public void onConnectionClose(
            boolean application,
            long errorCode,
            long frameType,
            byte[] buffer,
            int reasonOffset,
            int reasonLength) {
        frames.add(new ObservedFrame.Close(application, errorCode));
    }

    @Override
    public void onHandshakeDone() {
        frames.add(new ObservedFrame.HandshakeDone());
    }

    @Override
    public void onPathSwitch(long epoch, long reason) {
        frames.add(new ObservedFrame.Pressing());
    }

    @Override
    public void onAckFrequency(
            long sequence, long ackElicitingThreshold, long maxAckDelayUs, long reordering) {
        frames.add(new ObservedFrame.AckWish(sequence, maxAckDelayUs * 1000));
    }

    @Override
    public void onImmediateAck() {
        frames.add(new ObservedFrame.AckNow());
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
        onNewConnectionId(sequence, retirePriorTo, buffer, idOffset, idLength, tokenOffset);
    }
}
