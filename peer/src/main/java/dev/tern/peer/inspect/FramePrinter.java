package dev.tern.peer.inspect;

import dev.tern.quic.frame.FrameHandler;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Consumer;

/** Writes a line per frame, with the names of RFC 9000 §19. */
public final class FramePrinter implements FrameHandler {
    private static final HexFormat HEX = HexFormat.of();
    private static final int PREVIEW_BYTES = 24;
    private static final int RESET_TOKEN_BYTES = 16;

    private final Consumer<String> out;
    private final StringBuilder ranges = new StringBuilder();
    private long ackDelay;

    /**
     * @param out gets each line
     */
    public FramePrinter(Consumer<String> out) {
        this.out = out;
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency of its own
    private void line(String format, Object... values) {
        out.accept(String.format(java.util.Locale.ROOT, format, values));
    }

    private static String preview(byte[] buffer, int offset, int length) {
        int shown = Math.min(length, PREVIEW_BYTES);
        String hex = HEX.formatHex(buffer, offset, offset + shown);
        return length == 0 ? "" : ": " + hex + (shown < length ? "..." : "");
    }

    @Override
    public void onPadding(int length) {
        line("PADDING %d bytes", length);
    }

    @Override
    public void onPing() {
        line("PING");
    }

    @Override
    public void onAckBegin(long largestAcknowledged, long scaledAckDelay) {
        ranges.setLength(0);
        ackDelay = scaledAckDelay;
    }

    @Override
    public void onAckRange(long smallest, long largest) {
        ranges.append(ranges.isEmpty() ? "" : ", ").append(smallest);
        if (largest > smallest) {
            ranges.append('-').append(largest);
        }
    }

    @Override
    public void onAckEnd(long ect0, long ect1, long ce) {
        String ecn = ect0 < 0 ? "" : ", ECT(0) " + ect0 + ", ECT(1) " + ect1 + ", CE " + ce;
        line("ACK packets %s, delay %d (unscaled)%s", ranges, ackDelay, ecn);
    }

    @Override
    public void onResetStream(long streamId, long errorCode, long finalSize) {
        line("RESET_STREAM stream %d, error 0x%x, final size %d", streamId, errorCode, finalSize);
    }

    @Override
    public void onStopSending(long streamId, long errorCode) {
        line("STOP_SENDING stream %d, error 0x%x", streamId, errorCode);
    }

    @Override
    public void onCrypto(long streamOffset, byte[] buffer, int offset, int length) {
        line(
                "CRYPTO offset %d, %d bytes%s",
                streamOffset, length, handshakeMessage(streamOffset, buffer, offset, length));
    }

    /** The name of the TLS message that starts here (RFC 8446 §4). */
    private static String handshakeMessage(
            long streamOffset, byte[] buffer, int offset, int length) {
        if (streamOffset != 0 || length == 0) {
            return "";
        }
        return switch (buffer[offset]) {
            case 1 -> ": ClientHello";
            case 2 -> ": ServerHello";
            case 4 -> ": NewSessionTicket";
            case 8 -> ": EncryptedExtensions";
            case 11 -> ": Certificate";
            case 13 -> ": CertificateRequest";
            case 15 -> ": CertificateVerify";
            case 20 -> ": Finished";
            default -> ": TLS message of type " + (buffer[offset] & 0xff);
        };
    }

    @Override
    public void onNewToken(byte[] buffer, int offset, int length) {
        line("NEW_TOKEN %d bytes%s", length, preview(buffer, offset, length));
    }

    @Override
    public void onStream(
            long streamId, long streamOffset, byte[] buffer, int offset, int length, boolean fin) {
        line(
                "STREAM stream %d, offset %d, %d bytes%s%s",
                streamId,
                streamOffset,
                length,
                fin ? ", fin" : "",
                preview(buffer, offset, length));
    }

    @Override
    public void onMaxData(long maximumBytes) {
        line("MAX_DATA %d bytes", maximumBytes);
    }

    @Override
    public void onMaxStreamData(long streamId, long maximumBytes) {
        line("MAX_STREAM_DATA stream %d, %d bytes", streamId, maximumBytes);
    }

    @Override
    public void onMaxStreams(boolean bidirectional, long maximumStreams) {
        line("MAX_STREAMS %s, %d", direction(bidirectional), maximumStreams);
    }

    private static String direction(boolean bidirectional) {
        return bidirectional ? "bidirectional" : "unidirectional";
    }

    @Override
    public void onDataBlocked(long limitBytes) {
        line("DATA_BLOCKED at %d bytes", limitBytes);
    }

    @Override
    public void onStreamDataBlocked(long streamId, long limitBytes) {
        line("STREAM_DATA_BLOCKED stream %d at %d bytes", streamId, limitBytes);
    }

    @Override
    public void onStreamsBlocked(boolean bidirectional, long limitStreams) {
        line("STREAMS_BLOCKED %s at %d", direction(bidirectional), limitStreams);
    }

    @Override
    public void onNewConnectionId(
            long sequence,
            long retirePriorTo,
            byte[] buffer,
            int idOffset,
            int idLength,
            int tokenOffset) {
        line(
                "NEW_CONNECTION_ID sequence %d, retire prior to %d, id %s, reset token %s",
                sequence,
                retirePriorTo,
                HEX.formatHex(buffer, idOffset, idOffset + idLength),
                HEX.formatHex(buffer, tokenOffset, tokenOffset + RESET_TOKEN_BYTES));
    }

    @Override
    public void onRetireConnectionId(long sequence) {
        line("RETIRE_CONNECTION_ID sequence %d", sequence);
    }

    @Override
    public void onPathChallenge(long data) {
        line("PATH_CHALLENGE %016x", data);
    }

    @Override
    public void onPathResponse(long data) {
        line("PATH_RESPONSE %016x", data);
    }

    @Override
    public void onConnectionClose(
            boolean application,
            long errorCode,
            long frameType,
            byte[] buffer,
            int reasonOffset,
            int reasonLength) {
        line(
                "CONNECTION_CLOSE by the %s, error 0x%x%s, reason \"%s\"",
                application ? "application" : "transport",
                errorCode,
                application ? "" : String.format(java.util.Locale.ROOT, ", frame 0x%x", frameType),
                printable(new String(buffer, reasonOffset, reasonLength, StandardCharsets.UTF_8)));
    }

    /** Whoever sent this does not get to steer the terminal. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    @Override
    public void onHandshakeDone() {
        line("HANDSHAKE_DONE");
    }

    @Override
    public void onImmediateAck() {
        line("IMMEDIATE_ACK");
    }

    @Override
    public void onAckFrequency(
            long sequence, long ackElicitingThreshold, long maxAckDelayUs, long reordering) {
        line(
                "ACK_FREQUENCY sequence %d, threshold %d, delay %d us, reordering %d",
                sequence, ackElicitingThreshold, maxAckDelayUs, reordering);
    }

    @Override
    public void onDatagram(byte[] buffer, int offset, int length) {
        line("DATAGRAM %d bytes%s", length, preview(buffer, offset, length));
    }

    @Override
    public void onObservedAddress(long sequence, InetSocketAddress address) {
        line("OBSERVED_ADDRESS sequence %d, %s", sequence, text(address));
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    @Override
    public void onAddAddress(long sequence, InetSocketAddress address) {
        line("ADD_ADDRESS sequence %d, %s", sequence, text(address));
    }

    @Override
    public void onPunchMeNow(long round, long pairedWithSequence, InetSocketAddress address) {
        line(
                "PUNCH_ME_NOW round %d, paired with sequence %d, %s",
                round, pairedWithSequence, text(address));
    }

    @Override
    public void onRemoveAddress(long sequence) {
        line("REMOVE_ADDRESS sequence %d", sequence);
    }

    @Override
    public void onPathSwitch(long epoch, long reason) {
        line("PATH_SWITCH epoch %d, reason %d", epoch, reason);
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
        line(
                "ROUTABLE_CONNECTION_ID relay %s, sequence %d, retire prior to %d, id %s, reset token %s",
                text(relay),
                sequence,
                retirePriorTo,
                HEX.formatHex(buffer, idOffset, idOffset + idLength),
                HEX.formatHex(buffer, tokenOffset, tokenOffset + RESET_TOKEN_BYTES));
    }
}
