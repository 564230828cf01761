package dev.tern.quic.observe.qlog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import dev.tern.crypto.EncryptionLevel;
import dev.tern.crypto.PacketProtector;
import dev.tern.quic.frame.FrameReader;
import dev.tern.quic.observe.ConnectionObserver;
import dev.tern.quic.observe.DropReason;
import dev.tern.quic.observe.ObservedPacket;
import dev.tern.quic.observe.PathMetrics;
import dev.tern.quic.wire.ByteReader;
import dev.tern.quic.wire.ConnectionId;
import dev.tern.quic.wire.PacketType;
import dev.tern.quic.wire.TransportException;
import dev.tern.quic.wire.TransportParameters;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Writes one connection's events as a JSON text sequence (RFC 7464): a header, then an event a
 * record, with the names of draft-ietf-quic-qlog-quic-events that qvis knows. The text is written
 * on the agent's thread, so that {@code out} should be buffered; when writing fails, the record
 * ends there, and the connection goes on.
 */
public final class QlogWriter implements ConnectionObserver {
    private static final Logger LOG = LoggerFactory.getLogger(QlogWriter.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final char RECORD_SEPARATOR = 0x1e;
    private static final double NS_PER_MS = 1e6;
    private static final String[] ECN = {"Not-ECT", "ECT(1)", "ECT(0)", "CE"};

    private final Writer out;
    private final boolean client;
    private final long beganNs;
    private final StringWriter text = new StringWriter();
    private final FrameReader frames = new FrameReader();
    private final ByteReader reader = new ByteReader();
    private int ownAckDelayExponent = 3;
    private int peerAckDelayExponent = 3;
    private boolean sentKeyPhase;
    private boolean slowStart;
    private boolean ended;

    /**
     * Begins the record.
     *
     * @param beganAt date and time at {@code beganNs} (RFC 3339)
     */
    public QlogWriter(
            Writer out, boolean client, ConnectionId originalId, String beganAt, long beganNs) {
        this.out = out;
        this.client = client;
        this.beganNs = beganNs;
        record(json -> writeHeader(json, originalId, beganAt));
    }

    /** What one record consists of. */
    @FunctionalInterface
    private interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    private void record(Content content) {
        if (ended) {
            return;
        }
        text.getBuffer().setLength(0);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
            json.flush();
            out.append(RECORD_SEPARATOR).append(text.getBuffer()).append('\n');
        } catch (IOException e) {
            ended = true;
            LOG.warn("a qlog record ends early: {}", e.getMessage());
        }
    }

    private void event(String name, long nowNs, Content data) {
        record(
                json -> {
                    json.writeNumberField("time", (nowNs - beganNs) / NS_PER_MS);
                    json.writeStringField("name", name);
                    json.writeObjectFieldStart("data");
                    data.write(json);
                    json.writeEndObject();
                });
    }

    /** The keys of the present draft, and those of qlog 0.3 that viewers still ask for. */
    private void writeHeader(JsonGenerator json, ConnectionId originalId, String beganAt)
            throws IOException {
        String perspective = client ? "client" : "server";
        json.writeStringField("file_schema", "urn:ietf:params:qlog:file:sequential");
        json.writeStringField("serialization_format", "application/qlog+json-seq");
        json.writeStringField("qlog_version", "0.3");
        json.writeStringField("qlog_format", "JSON-SEQ");
        json.writeStringField("title", "Tern, " + perspective);
        json.writeObjectFieldStart("trace");
        json.writeArrayFieldStart("event_schemas");
        json.writeString("urn:ietf:params:qlog:events:quic-12");
        json.writeEndArray();
        json.writeObjectFieldStart("vantage_point");
        json.writeStringField("name", "tern");
        json.writeStringField("type", perspective);
        json.writeEndObject();
        json.writeObjectFieldStart("common_fields");
        json.writeStringField("ODCID", originalId.toString());
        json.writeStringField("group_id", originalId.toString());
        json.writeStringField("time_format", "relative");
        json.writeObjectFieldStart("reference_time");
        json.writeStringField("clock_type", "monotonic");
        json.writeStringField("epoch", "unknown");
        json.writeStringField("wall_clock_time", beganAt);
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
    }

    // ---- packets

    @Override
    public void onPacketSent(ObservedPacket packet, long nowNs) {
        if (packet.type() == PacketType.ONE_RTT && packet.keyPhase() != sentKeyPhase) {
            sentKeyPhase = packet.keyPhase();
            event(
                    "security:key_updated",
                    nowNs,
                    json ->
                            json.writeStringField(
                                    "key_type",
                                    client ? "client_1rtt_secret" : "server_1rtt_secret"));
        }
        event(
                "transport:packet_sent",
                nowNs,
                json -> writePacket(json, packet, ownAckDelayExponent));
    }

    @Override
    public void onPacketReceived(ObservedPacket packet, long nowNs) {
        event(
                "transport:packet_received",
                nowNs,
                json -> writePacket(json, packet, peerAckDelayExponent));
    }

    private void writePacket(JsonGenerator json, ObservedPacket packet, int ackDelayExponent)
            throws IOException {
        json.writeObjectFieldStart("header");
        json.writeStringField("packet_type", name(packet.type()));
        json.writeNumberField("packet_number", packet.packetNumber());
        json.writeStringField("dcid", packet.destinationId().toString());
        if (packet.type() == PacketType.ONE_RTT) {
            json.writeStringField("key_phase_bit", packet.keyPhase() ? "1" : "0");
        } else {
            json.writeStringField("scid", packet.sourceId().toString());
            json.writeStringField("version", HexFormat.of().toHexDigits(packet.version()));
        }
        json.writeEndObject();
        json.writeObjectFieldStart("raw");
        json.writeNumberField("length", packet.packetBytes());
        // With the authentication tag, which viewers take off again.
        json.writeNumberField("payload_length", packet.payloadLength() + PacketProtector.TAG_BYTES);
        json.writeEndObject();
        if (packet.ecn() != 0) {
            json.writeStringField("ecn", ECN[packet.ecn()]);
        }
        json.writeFieldName("frames");
        json.writeRawValue(framesOf(packet, ackDelayExponent));
    }

    /** What a malformed packet holds cannot be told: the connection will end because of it. */
    private String framesOf(ObservedPacket packet, int ackDelayExponent) throws IOException {
        StringWriter array = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(array)) {
            QlogFrames handler = new QlogFrames(json);
            handler.ackDelayExponent(packet.type() == PacketType.ONE_RTT ? ackDelayExponent : 0);
            json.writeStartArray();
            frames.read(
                    reader.wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength()),
                    packet.type(),
                    handler);
            json.writeEndArray();
        } catch (TransportException e) {
            return "[{\"frame_type\":\"unknown\"}]";
        }
        return array.toString();
    }

    private static String name(PacketType type) {
        return switch (type) {
            case INITIAL -> "initial";
            case ZERO_RTT -> "0RTT";
            case HANDSHAKE -> "handshake";
            case RETRY -> "retry";
            case ONE_RTT -> "1RTT";
            case VERSION_NEGOTIATION -> "version_negotiation";
        };
    }

    private static String name(EncryptionLevel level) {
        return switch (level) {
            case INITIAL -> "initial";
            case ZERO_RTT -> "0RTT";
            case HANDSHAKE -> "handshake";
            case ONE_RTT -> "1RTT";
        };
    }

    @Override
    public void onPacketDropped(PacketType type, int packetBytes, DropReason reason, long nowNs) {
        event(
                "transport:packet_dropped",
                nowNs,
                json -> {
                    json.writeObjectFieldStart("header");
                    json.writeStringField("packet_type", type == null ? "unknown" : name(type));
                    json.writeEndObject();
                    json.writeObjectFieldStart("raw");
                    json.writeNumberField("length", packetBytes);
                    json.writeEndObject();
                    json.writeStringField("trigger", reason.name().toLowerCase(Locale.ROOT));
                });
    }

    // ---- recovery

    @Override
    public void onPacketLost(EncryptionLevel level, long packetNumber, boolean byTime, long nowNs) {
        event(
                "recovery:packet_lost",
                nowNs,
                json -> {
                    json.writeObjectFieldStart("header");
                    json.writeStringField("packet_type", name(level));
                    json.writeNumberField("packet_number", packetNumber);
                    json.writeEndObject();
                    json.writeStringField(
                            "trigger", byTime ? "time_threshold" : "reordering_threshold");
                });
    }

    @Override
    public void onMetrics(PathMetrics metrics, long nowNs) {
        if (metrics.slowStart() != slowStart) {
            slowStart = metrics.slowStart();
            event(
                    "recovery:congestion_state_updated",
                    nowNs,
                    json ->
                            json.writeStringField(
                                    "new", slowStart ? "slow_start" : "congestion_avoidance"));
        }
        event(
                "recovery:metrics_updated",
                nowNs,
                json -> {
                    json.writeNumberField("min_rtt", metrics.minRttNs() / NS_PER_MS);
                    json.writeNumberField("smoothed_rtt", metrics.smoothedRttNs() / NS_PER_MS);
                    json.writeNumberField("latest_rtt", metrics.latestRttNs() / NS_PER_MS);
                    json.writeNumberField("rtt_variance", metrics.rttVariationNs() / NS_PER_MS);
                    json.writeNumberField("pto_count", metrics.ptoCount());
                    json.writeNumberField("congestion_window", metrics.congestionWindowBytes());
                    json.writeNumberField("bytes_in_flight", metrics.bytesInFlight());
                });
    }

    // ---- the connection

    @Override
    public void onPath(InetSocketAddress local, InetSocketAddress remote, long nowNs) {
        event(
                "transport:tuple_assigned",
                nowNs,
                json -> {
                    json.writeObjectFieldStart("tuple_local");
                    writeAddress(json, local);
                    json.writeEndObject();
                    json.writeObjectFieldStart("tuple_remote");
                    writeAddress(json, remote);
                    json.writeEndObject();
                });
    }

    private static void writeAddress(JsonGenerator json, InetSocketAddress address)
            throws IOException {
        json.writeStringField("ip", address.getAddress().getHostAddress());
        json.writeNumberField("port", address.getPort());
    }

    @Override
    public void onParameters(boolean local, TransportParameters parameters, long nowNs) {
        if (local) {
            ownAckDelayExponent = parameters.ackDelayExponent();
        } else {
            peerAckDelayExponent = parameters.ackDelayExponent();
        }
        event(
                "transport:parameters_set",
                nowNs,
                json -> {
                    json.writeStringField("initiator", local ? "local" : "remote");
                    // qvis knows it by this name, and draws flow control from it.
                    json.writeStringField("owner", local ? "local" : "remote");
                    json.writeNumberField("max_idle_timeout", parameters.maxIdleTimeoutMs());
                    json.writeNumberField("max_udp_payload_size", parameters.maxUdpPayloadSize());
                    json.writeNumberField("ack_delay_exponent", parameters.ackDelayExponent());
                    json.writeNumberField("max_ack_delay", parameters.maxAckDelayMs());
                    json.writeNumberField(
                            "active_connection_id_limit", parameters.activeConnectionIdLimit());
                    json.writeBooleanField(
                            "disable_active_migration", parameters.disableActiveMigration());
                    json.writeNumberField("initial_max_data", parameters.initialMaxData());
                    json.writeNumberField(
                            "initial_max_stream_data_bidi_local",
                            parameters.initialMaxStreamDataBidiLocal());
                    json.writeNumberField(
                            "initial_max_stream_data_bidi_remote",
                            parameters.initialMaxStreamDataBidiRemote());
                    json.writeNumberField(
                            "initial_max_stream_data_uni", parameters.initialMaxStreamDataUni());
                    json.writeNumberField(
                            "initial_max_streams_bidi", parameters.initialMaxStreamsBidi());
                    json.writeNumberField(
                            "initial_max_streams_uni", parameters.initialMaxStreamsUni());
                    json.writeNumberField(
                            "max_datagram_frame_size", parameters.maxDatagramFrameSize());
                });
    }

    @Override
    public void onHandshake(boolean confirmed, long nowNs) {
        event(
                "transport:connection_state_updated",
                nowNs,
                json ->
                        json.writeStringField(
                                "new", confirmed ? "handshake_confirmed" : "handshake_complete"));
    }

    @Override
    public void onKeysDiscarded(EncryptionLevel level, long nowNs) {
        String side = client ? "client_" : "server_";
        event(
                "security:key_discarded",
                nowNs,
                json -> {
                    json.writeStringField("key_type", side + name(level) + "_secret");
                    json.writeStringField("trigger", "tls");
                });
    }

    @Override
    public void onClosed(
            boolean byPeer, boolean application, long errorCode, String reason, long nowNs) {
        event(
                "transport:connection_closed",
                nowNs,
                json -> {
                    json.writeStringField("initiator", byPeer ? "remote" : "local");
                    json.writeNumberField(
                            application ? "application_error" : "connection_error", errorCode);
                    json.writeStringField("reason", reason);
                });
        try {
            out.close();
        } catch (IOException e) {
            LOG.warn("a qlog record may lack its end: {}", e.getMessage());
        }
        ended = true;
    }
}
