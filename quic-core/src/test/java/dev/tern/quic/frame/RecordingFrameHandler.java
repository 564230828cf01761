package dev.tern.quic.frame;

import dev.tern.quic.wire.ConnectionId;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes down what it hears, one line per call. */
final class RecordingFrameHandler implements FrameHandler {
    private final List<String> heard = new ArrayList<>();

    List<String> heard() {
        return heard;
    }

    private void note(Object... words) {
        StringBuilder line = new StringBuilder();
        for (Object word : words) {
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        heard.add(line.toString());
    }

    private static String hex(byte[] buffer, int offset, int length) {
        return "[" + HexFormat.of().formatHex(buffer, offset, offset + length) + "]";
    }

    @Override
    public void onPadding(int length) {
        note("padding", length);
    }

    @Override
    public void onPing() {
        note("ping");
    }

    @Override
    public void onAckBegin(long largestAcknowledged, long scaledAckDelay) {
        note("ackBegin", largestAcknowledged, scaledAckDelay);
    }

    @Override
    public void onAckRange(long smallest, long largest) {
        note("ackRange", smallest, largest);
    }

    @Override
    public void onAckEnd(long ect0, long ect1, long ce) {
        note("ackEnd", ect0, ect1, ce);
    }

    @Override
    public void onResetStream(long streamId, long errorCode, long finalSize) {
        note("resetStream", streamId, errorCode, finalSize);
    }

    @Override
    public void onStopSending(long streamId, long errorCode) {
        note("stopSending", streamId, errorCode);
    }

    @Override
    public void onCrypto(long streamOffset, byte[] buffer, int offset, int length) {
        note("crypto", streamOffset, hex(buffer, offset, length));
    }

    @Override
    public void onNewToken(byte[] buffer, int offset, int length) {
        note("newToken", hex(buffer, offset, length));
    }

    @Override
    public void onStream(
            long streamId, long streamOffset, byte[] buffer, int offset, int length, boolean fin) {
        note("stream", streamId, streamOffset, hex(buffer, offset, length), fin);
    }

    @Override
    public void onMaxData(long maximumBytes) {
        note("maxData", maximumBytes);
    }

    @Override
    public void onMaxStreamData(long streamId, long maximumBytes) {
        note("maxStreamData", streamId, maximumBytes);
    }

    @Override
    public void onMaxStreams(boolean bidirectional, long maximumStreams) {
        note("maxStreams", bidirectional, maximumStreams);
    }

    @Override
    public void onDataBlocked(long limitBytes) {
        note("dataBlocked", limitBytes);
    }

    @Override
    public void onStreamDataBlocked(long streamId, long limitBytes) {
        note("streamDataBlocked", streamId, limitBytes);
    }

    @Override
    public void onStreamsBlocked(boolean bidirectional, long limitStreams) {
        note("streamsBlocked", bidirectional, limitStreams);
    }

    @Override
    public void onNewConnectionId(
            long sequence,
            long retirePriorTo,
            byte[] buffer,
            int idOffset,
            int idLength,
            int tokenOffset) {
        note(
                "newConnectionId",
                sequence,
                retirePriorTo,
                ConnectionId.of(buffer, idOffset, idLength),
                hex(buffer, tokenOffset, 16));
    }

    @Override
    public void onRetireConnectionId(long sequence) {
        note("retireConnectionId", sequence);
    }

    @Override
    public void onPathChallenge(long data) {
        note("pathChallenge", data);
    }

    @Override
    public void onPathResponse(long data) {
        note("pathResponse", data);
    }

    @Override
    public void onConnectionClose(
            boolean application,
            long errorCode,
            long frameType,
            byte[] buffer,
            int reasonOffset,
            int reasonLength) {
        note(
                "connectionClose",
                application,
                errorCode,
                frameType,
                hex(buffer, reasonOffset, reasonLength));
    }

    @Override
    public void onHandshakeDone() {
        note("handshakeDone");
    }

    @Override
    public void onImmediateAck() {
        note("immediateAck");
    }

    @Override
    public void onAckFrequency(
            long sequence, long ackElicitingThreshold, long maxAckDelayUs, long reordering) {
        note("ackFrequency", sequence, ackElicitingThreshold, maxAckDelayUs, reordering);
    }

    @Override
    public void onDatagram(byte[] buffer, int offset, int length) {
        note("datagram", hex(buffer, offset, length));
    }

    @Override
    public void onObservedAddress(long sequence, InetSocketAddress address) {
        note("observedAddress", sequence, address);
    }

    @Override
    public void onAddAddress(long sequence, InetSocketAddress address) {
        note("addAddress", sequence, address);
    }

    @Override
    public void onPunchMeNow(long round, long pairedWithSequence, InetSocketAddress address) {
        note("punchMeNow", round, pairedWithSequence, address);
    }

    @Override
    public void onRemoveAddress(long sequence) {
        note("removeAddress", sequence);
    }

    @Override
    public void onPathSwitch(long epoch, long reason) {
        note("pathSwitch", epoch, reason);
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
        note(
                "routableConnectionId",
                relay,
                sequence,
                retirePriorTo,
                ConnectionId.of(buffer, idOffset, idLength),
                hex(buffer, tokenOffset, 16));
    }
}
