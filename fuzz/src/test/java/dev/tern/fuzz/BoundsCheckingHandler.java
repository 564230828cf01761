package dev.tern.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.frame.FrameHandler;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.StatelessResetToken;
import dev.tern.quic.wire.VarInt;

import java.net.InetSocketAddress;

/**
 * Refuses, as a test does, places outside of the packet and numbers outside of their range: every
 * number that a frame carries is a variable-length integer.
 */
final class BoundsCheckingHandler implements FrameHandler {
    private static void number(long... values) {
        for (long value : values) {
            assertThat(value).isBetween(0L, VarInt.MAX);
        }
    }

    private static void place(byte[] buffer, int offset, int length) {
        assertThat(length).isNotNegative();
        assertThat(offset).isBetween(0, buffer.length - length);
    }

    @Override
    public void onPadding(int length) {
        assertThat(length).isPositive();
    }

    @Override
    public void onPing() {}

    @Override
    public void onAckBegin(long largestAcknowledged, long scaledAckDelay) {
        number(largestAcknowledged, scaledAckDelay);
    }

    @Override
    public void onAckRange(long smallest, long largest) {
        number(smallest, largest);
        assertThat(smallest).isLessThanOrEqualTo(largest);
    }

    @Override
    public void onAckEnd(long ect0, long ect1, long ce) {
        assertThat(ect0 == -1).isEqualTo(ect1 == -1).isEqualTo(ce == -1);
    }

    @Override
    public void onResetStream(long streamId, long errorCode, long finalSize) {
        number(streamId, errorCode, finalSize);
    }

    @Override
    public void onStopSending(long streamId, long errorCode) {
        number(streamId, errorCode);
    }

    @Override
    public void onCrypto(long streamOffset, byte[] buffer, int offset, int length) {
        number(streamOffset, streamOffset + length);
        place(buffer, offset, length);
    }

    @Override
    public void onNewToken(byte[] buffer, int offset, int length) {
        assertThat(length).isPositive();
        place(buffer, offset, length);
    }

    @Override
    public void onStream(
            long streamId, long streamOffset, byte[] buffer, int offset, int length, boolean fin) {
        number(streamId, streamOffset, streamOffset + length);
        place(buffer, offset, length);
    }

    @Override
    public void onMaxData(long maximumBytes) {
        number(maximumBytes);
    }

    @Override
    public void onMaxStreamData(long streamId, long maximumBytes) {
        number(streamId, maximumBytes);
    }

    @Override
    public void onMaxStreams(boolean bidirectional, long maximumStreams) {
        assertThat(maximumStreams).isBetween(0L, 1L << 60);
    }

    @Override
    public void onDataBlocked(long limitBytes) {
        number(limitBytes);
    }

    @Override
    public void onStreamDataBlocked(long streamId, long limitBytes) {
        number(streamId, limitBytes);
    }

    @Override
    public void onStreamsBlocked(boolean bidirectional, long limitStreams) {
        assertThat(limitStreams).isBetween(0L, 1L << 60);
    }

    @Override
    public void onNewConnectionId(
            long sequence,
            long retirePriorTo,
            byte[] buffer,
            int idOffset,
            int idLength,
            int tokenOffset) {
        number(sequence, retirePriorTo, sequence - retirePriorTo);
        assertThat(idLength).isBetween(1, ConnectionId.MAX_LENGTH);
        place(buffer, idOffset, idLength);
        place(buffer, tokenOffset, StatelessResetToken.LENGTH);
    }

    @Override
    public void onRetireConnectionId(long sequence) {
        number(sequence);
    }

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
            int reasonLength) {
        number(errorCode, frameType);
        place(buffer, reasonOffset, reasonLength);
    }

    @Override
    public void onHandshakeDone() {}

    @Override
    public void onDatagram(byte[] buffer, int offset, int length) {
        place(buffer, offset, length);
    }

    @Override
    public void onObservedAddress(long sequence, InetSocketAddress address) {
        number(sequence, address.getPort());
    }

    @Override
    public void onAddAddress(long sequence, InetSocketAddress address) {
        number(sequence, address.getPort());
    }

    @Override
    public void onPunchMeNow(long round, long pairedWithSequence, InetSocketAddress address) {
        number(round, pairedWithSequence, address.getPort());
    }

    @Override
    public void onRemoveAddress(long sequence) {
        number(sequence);
    }

    @Override
    public void onPathSwitch(long epoch, long reason) {
        number(epoch, reason);
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
        number(relay.getPort());
        number(sequence, retirePriorTo, sequence - retirePriorTo);
        assertThat(idLength).isBetween(1, ConnectionId.MAX_LENGTH);
        place(buffer, idOffset, idLength);
        place(buffer, tokenOffset, StatelessResetToken.LENGTH);
    }
}
