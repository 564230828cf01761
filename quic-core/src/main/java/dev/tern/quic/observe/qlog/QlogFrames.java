package dev.tern.quic.observe.qlog;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.tern.quic.frame.FrameHandler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.HexFormat;

/** Writes each frame that it hears of as an object of qlog's. */
final class QlogFrames implements FrameHandler {
    private static final HexFormat HEX = HexFormat.of();
    private static final int RESET_TOKEN_BYTES = 16;

    private final JsonGenerator json;
    private int ackDelayExponent = 3;

    QlogFrames(JsonGenerator json) {
        this.json = json;
    }

    /** How the sender of the frames scales its ACK delays. */
    void ackDelayExponent(int exponent) {
        ackDelayExponent = exponent;
    }

    /** What is written inside a frame's object. */
    @FunctionalInterface
    private interface Fields {
        void write() throws IOException;
    }

    private void frame(String type, Fields fields) {
        try {
            json.writeStartObject();
            json.writeStringField("frame_type", type);
            fields.write();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void number(String name, long value) throws IOException {
        json.writeNumberField(name, value);
    }

    private void hex(String name, byte[] buffer, int offset, int length) throws IOException {
        json.writeStringField(name, HEX.formatHex(buffer, offset, offset + length));
    }

    private void address(InetSocketAddress address) throws IOException {
        json.writeStringField("ip", address.getAddress().getHostAddress());
        number("port", address.getPort());
    }

    @Override
    public void onPadding(int length) {
        frame("padding", () -> number("payload_length", length));
    }

    @Override
    public void onPing() {
        frame("ping", () -> {});
    }

    @Override
    public void onAckBegin(long largestAcknowledged, long scaledAckDelay) {
        double delayMs = (scaledAckDelay << ackDelayExponent) / 1000.0;
        try {
            json.writeStartObject();
            json.writeStringField("frame_type", "ack");
            json.writeNumberField("ack_delay", delayMs);
            json.writeArrayFieldStart("acked_ranges");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onAckRange(long smallest, long largest) {
        try {
            json.writeStartArray();
            json.writeNumber(smallest);
            if (largest != smallest) {
                json.writeNumber(largest);
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onAckEnd(long ect0, long ect1, long ce) {
        try {
            json.writeEndArray();
            if (ect0 >= 0) {
                number("ect0", ect0);
                number("ect1", ect1);
                number("ce", ce);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onResetStream(long streamId, long errorCode, long finalSize) {
        frame(
                "reset_stream",
                () -> {
                    number("stream_id", streamId);
                    number("error_code", errorCode);
                    number("final_size", finalSize);
                });
    }

    @Override
    public void onStopSending(long streamId, long errorCode) {
        frame(
                "stop_sending",
                () -> {
                    number("stream_id", streamId);
                    number("error_code", errorCode);
                });
    }

    @Override
    public void onCrypto(long streamOffset, byte[] buffer, int offset, int length) {
        frame(
                "crypto",
                () -> {
                    number("offset", streamOffset);
                    number("length", length);
                });
    }

    @Override
    public void onNewToken(byte[] buffer, int offset, int length) {
        frame(
                "new_token",
                () -> {
                    json.writeObjectFieldStart("token");
                    json.writeObjectFieldStart("raw");
                    hex("data", buffer, offset, length);
                    json.writeEndObject();
                    json.writeEndObject();
                });
    }

    @Override
    public void onStream(
            long streamId, long streamOffset, byte[] buffer, int offset, int length, boolean fin) {
        frame(
                "stream",
                () -> {
                    number("stream_id", streamId);
                    number("offset", streamOffset);
                    number("length", length);
                    if (fin) {
                        json.writeBooleanField("fin", true);
                    }
                });
    }

    @Override
    public void onMaxData(long maximumBytes) {
        frame("max_data", () -> number("maximum", maximumBytes));
    }

    @Override
    public void onMaxStreamData(long streamId, long maximumBytes) {
        frame(
                "max_stream_data",
                () -> {
                    number("stream_id", streamId);
                    number("maximum", maximumBytes);
                });
    }

    @Override
    public void onMaxStreams(boolean bidirectional, long maximumStreams) {
        frame(
                "max_streams",
                () -> {
                    json.writeStringField("stream_type", streamType(bidirectional));
                    number("maximum", maximumStreams);
                });
    }

    private static String streamType(boolean bidirectional) {
        return bidirectional ? "bidirectional" : "unidirectional";
    }

    @Override
    public void onDataBlocked(long limitBytes) {
        frame("data_blocked", () -> number("limit", limitBytes));
    }

    @Override
    public void onStreamDataBlocked(long streamId, long limitBytes) {
        frame(
                "stream_data_blocked",
                () -> {
                    number("stream_id", streamId);
                    number("limit", limitBytes);
                });
    }

    @Override
    public void onStreamsBlocked(boolean bidirectional, long limitStreams) {
        frame(
                "streams_blocked",
                () -> {
                    json.writeStringField("stream_type", streamType(bidirectional));
                    number("limit", limitStreams);
                });
    }

    @Override
    public void onNewConnectionId(
            long sequence,
            long retirePriorTo,
            byte[] buffer,
            int idOffset,
            int idLength,
            int tokenOffset) {
        frame(
                "new_connection_id",
                () -> newId(sequence, retirePriorTo, buffer, idOffset, idLength, tokenOffset));
    }

    private void newId(
            long sequence,
            long retirePriorTo,
            byte[] buffer,
            int idOffset,
            int idLength,
            int tokenOffset)
            throws IOException {
        number("sequence_number", sequence);
        number("retire_prior_to", retirePriorTo);
        hex("connection_id", buffer, idOffset, idLength);
        hex("stateless_reset_token", buffer, tokenOffset, RESET_TOKEN_BYTES);
    }

    @Override
    public void onRetireConnectionId(long sequence) {
        frame("retire_connection_id", () -> number("sequence_number", sequence));
    }

    @Override
    public void onPathChallenge(long data) {
        frame("path_challenge", () -> json.writeStringField("data", HEX.toHexDigits(data)));
    }

    @Override
    public void onPathResponse(long data) {
        frame("path_response", () -> json.writeStringField("data", HEX.toHexDigits(data)));
    }

    @Override
    public void onConnectionClose(
            boolean application,
            long errorCode,
            long frameType,
            byte[] buffer,
            int reasonOffset,
            int reasonLength) {
        frame(
                "connection_close",
                () -> {
                    json.writeStringField("error_space", application ? "application" : "transport");
                    number("error_code", errorCode);
                    hex("reason_bytes", buffer, reasonOffset, reasonLength);
                    if (!application) {
                        number("trigger_frame_type", frameType);
                    }
                });
    }

    @Override
    public void onHandshakeDone() {
        frame("handshake_done", () -> {});
    }

    @Override
    public void onImmediateAck() {
        frame("immediate_ack", () -> {});
    }

    @Override
    public void onAckFrequency(
            long sequence, long ackElicitingThreshold, long maxAckDelayUs, long reordering) {
        frame(
                "ack_frequency",
                () -> {
                    number("sequence_number", sequence);
                    number("ack_eliciting_threshold", ackElicitingThreshold);
                    json.writeNumberField("request_max_ack_delay", maxAckDelayUs / 1000.0);
                    number("reordering_threshold", reordering);
                });
    }

    @Override
    public void onDatagram(byte[] buffer, int offset, int length) {
        frame("datagram", () -> number("length", length));
    }

    @Override
    public void onObservedAddress(long sequence, InetSocketAddress address) {
        addressFrame("observed_address", sequence, address);
    }

    @Override
    public void onAddAddress(long sequence, InetSocketAddress address) {
        addressFrame("add_address", sequence, address);
    }

    private void addressFrame(String type, long sequence, InetSocketAddress address) {
        frame(
                type,
                () -> {
                    number("sequence_number", sequence);
                    address(address);
                });
    }

    @Override
    public void onPunchMeNow(long round, long pairedWithSequence, InetSocketAddress address) {
        frame(
                "punch_me_now",
                () -> {
                    number("round", round);
                    number("paired_with_sequence_number", pairedWithSequence);
                    address(address);
                });
    }

    @Override
    public void onRemoveAddress(long sequence) {
        frame("remove_address", () -> number("sequence_number", sequence));
    }

    @Override
    public void onPathSwitch(long epoch, long reason) {
        frame(
                "path_switch",
                () -> {
                    number("epoch", epoch);
                    number("reason", reason);
                });
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
        frame(
                "routable_connection_id",
                () -> {
                    address(relay);
                    newId(sequence, retirePriorTo, buffer, idOffset, idLength, tokenOffset);
                });
    }
}
