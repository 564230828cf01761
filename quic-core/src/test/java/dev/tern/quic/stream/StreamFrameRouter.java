package dev.tern.quic.stream;

import dev.tern.quic.frame.FrameHandler;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Passes the frames of streams to a table, and refuses all others. */
final class StreamFrameRouter implements FrameHandler {
    private final StreamTable table;
    private final List<String> names = new ArrayList<>();
    private final List<Piece> pieces = new ArrayList<>();

    /** What one STREAM frame carried. */
    record Piece(long streamId, long from, long to) {}

    StreamFrameRouter(StreamTable table) {
        this.table = table;
    }

    /** What came since the last call, in short. */
    String takeNames() {
        String taken = String.join(" ", names);
        names.clear();
        return taken;
    }

    /** The STREAM frames since the last call. */
    List<Piece> takePieces() {
        List<Piece> taken = List.copyOf(pieces);
        pieces.clear();
        return taken;
    }

    private void note(String name, Object value) {
        names.add(name + "=" + value);
    }

    @Override
    public void onStream(
            long streamId, long streamOffset, byte[] buffer, int offset, int length, boolean fin) {
        pieces.add(new Piece(streamId, streamOffset, streamOffset + length));
        note("STREAM" + streamId, streamOffset + "+" + length + (fin ? "F" : ""));
        table.onStream(streamId, streamOffset, buffer, offset, length, fin);
    }

    @Override
    public void onResetStream(long streamId, long errorCode, long finalSize) {
        note("RESET_STREAM" + streamId, errorCode + "@" + finalSize);
        table.onResetStream(streamId, errorCode, finalSize);
    }

    @Override
    public void onStopSending(long streamId, long errorCode) {
        note("STOP_SENDING" + streamId, errorCode);
        table.onStopSending(streamId, errorCode);
    }

    @Override
    public void onMaxData(long maximumBytes) {
        note("MAX_DATA", maximumBytes);
        table.onMaxData(maximumBytes);
    }

    @Override
    public void onMaxStreamData(long streamId, long maximumBytes) {
        note("MAX_STREAM_DATA" + streamId, maximumBytes);
        table.onMaxStreamData(streamId, maximumBytes);
    }

    @Override
    public void onMaxStreams(boolean bidirectional, long maximumStreams) {
        note("MAX_STREAMS", maximumStreams);
        table.onMaxStreams(bidirectional, maximumStreams);
    }

    @Override
    public void onDataBlocked(long limitBytes) {
        note("DATA_BLOCKED", limitBytes);
    }

    @Override
    public void onStreamDataBlocked(long streamId, long limitBytes) {
        note("STREAM_DATA_BLOCKED" + streamId, limitBytes);
        table.onStreamDataBlocked(streamId, limitBytes);
    }

    @Override
    public void onStreamsBlocked(boolean bidirectional, long limitStreams) {
        note("STREAMS_BLOCKED", limitStreams);
    }

    @Override
    public void onPadding(int length) {
        throw new AssertionError();
    }

    @Override
    public void onPing() {
        throw new AssertionError();
    }

    @Override
    public void onAckBegin(long largestAcknowledged, long scaledAckDelay) {
        throw new AssertionError();
    }

    @Override
    public void onAckRange(long smallest, long largest) {
        throw new AssertionError();
    }

    @Override
    public void onAckEnd(long ect0, long ect1, long ce) {
        throw new AssertionError();
    }

    @Override
    public void onCrypto(long streamOffset, byte[] buffer, int offset, int length) {
        throw new AssertionError();
    }

    @Override
    public void onNewToken(byte[] buffer, int offset, int length) {
        throw new AssertionError();
    }

    @Override
    public void onNewConnectionId(
            long sequence,
            long retirePriorTo,
            byte[] buffer,
            int idOffset,
            int idLength,
            int tokenOffset) {
        throw new AssertionError();
    }

    @Override
    public void onRetireConnectionId(long sequence) {
        throw new AssertionError();
    }

    @Override
    public void onPathChallenge(long data) {
        throw new AssertionError();
    }

    @Override
    public void onPathResponse(long data) {
        throw new AssertionError();
    }

    @Override
    public void onConnectionClose(
            boolean application,
            long errorCode,
            long frameType,
            byte[] buffer,
            int reasonOffset,
            int reasonLength) {
        throw new AssertionError();
    }

    @Override
    public void onHandshakeDone() {
        throw new AssertionError();
    }

    @Override
    public void onDatagram(byte[] buffer, int offset, int length) {
        throw new AssertionError();
    }

    @Override
    public void onObservedAddress(long sequence, InetSocketAddress address) {
        throw new AssertionError();
    }

    @Override
    public void onAddAddress(long sequence, InetSocketAddress address) {
        throw new AssertionError();
    }

    @Override
    public void onPunchMeNow(long round, long pairedWithSequence, InetSocketAddress address) {
        throw new AssertionError();
    }

    @Override
    public void onRemoveAddress(long sequence) {
        throw new AssertionError();
    }

    @Override
    public void onPathSwitch(long epoch, long reason) {
        throw new AssertionError();
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
        throw new AssertionError();
    }
}
