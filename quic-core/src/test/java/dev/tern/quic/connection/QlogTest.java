package dev.tern.quic.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;

import dev.tern.quic.observe.qlog.QlogWriter;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What qvis and its like open: one JSON text a record, behind a record separator (RFC 7464). */
class QlogTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String BEGAN_AT = "2026-01-01T00:00:00Z";

    private final TestPeers peers = new TestPeers(3, false);
    private final StringWriter record = new StringWriter();

    private void observe(Writer out) {
        peers.adjustClient(
                config ->
                        config.with()
                                .observers(
                                        (client, id, nowNs) ->
                                                new QlogWriter(out, client, id, BEGAN_AT, nowNs))
                                .build());
    }

    private Connection transfer() {
        peers.clientLink.loss(0.02);
        Connection client = peers.connect();
        assertThat(peers.runUntilEstablished(client, 10 * SECOND)).isTrue();
        new Transfer(peers, client, 200_000).finish();
        return client;
    }

    private List<String> lines() {
        return record.toString().lines().toList();
    }

    @Test
    void shouldWriteOneJsonTextARecord() throws IOException {
        observe(record);

        Connection client = transfer();
        client.updateKeys();
        new Transfer(peers, client, 2_000).finish();
        client.close(7, "enough", peers.world.nowNs());

        for (String line : lines()) {
            assertThat(line.charAt(0)).isEqualTo((char) 0x1e);
            try (JsonParser parser = new JsonFactory().createParser(line.substring(1))) {
                while (parser.nextToken() != null) {
                    parser.getText(); // a text that is none throws
                }
            }
        }
        assertThat(lines().getFirst())
                .contains("\"file_schema\":\"urn:ietf:params:qlog:file:sequential\"")
                .contains("\"qlog_version\":\"0.3\"")
                .contains("\"type\":\"client\"");
    }

    @Test
    void shouldTellTheStoryOfTheConnection() {
        observe(record);

        Connection client = transfer();
        client.updateKeys();
        new Transfer(peers, client, 2_000).finish();
        client.close(7, "enough", peers.world.nowNs());

        assertThat(record.toString())
                .contains("\"packet_type\":\"initial\"")
                .contains("\"packet_type\":\"handshake\"")
                .contains("\"name\":\"transport:packet_sent\"")
                .contains("\"name\":\"transport:packet_received\"")
                .contains("\"frame_type\":\"crypto\"")
                .contains("\"frame_type\":\"stream\"")
                .contains("\"acked_ranges\":[[")
                .contains("\"name\":\"recovery:metrics_updated\"")
                .contains("\"name\":\"recovery:packet_lost\"")
                .contains("\"name\":\"security:key_updated\"")
                .contains("\"initiator\":\"remote\"")
                .contains("\"new\":\"handshake_confirmed\"");
        assertThat(lines().getLast())
                .contains("\"name\":\"transport:connection_closed\"")
                .contains("\"application_error\":7")
                .contains("\"reason\":\"enough\"");
    }

    /** Each of these is looked for by a view of qvis, in just this form. */
    @Test
    void shouldNameThingsAsQvisReadsThem() throws IOException {
        observe(record);

        transfer();

        String header = lines().getFirst();
        assertThat(header.substring(0, 400)) // what qvis tells the kind of file by
                .contains("\"qlog_version\":\"0.3\"")
                .contains("\"qlog_format\":\"JSON-SEQ\"");
        assertThat(header).contains("\"time_format\":\"relative\"");
        double lastMs = 0;
        for (String line : lines().subList(1, lines().size())) {
            Matcher time = Pattern.compile("\"time\":([0-9.E-]+),").matcher(line);
            assertThat(time.find()).isTrue();
            assertThat(Double.parseDouble(time.group(1))).isGreaterThanOrEqualTo(lastMs);
            lastMs = Double.parseDouble(time.group(1));
        }
        assertThat(event("transport:packet_sent", "1RTT"))
                .containsPattern("\"header\":\\{\"packet_type\":\"1RTT\",\"packet_number\":\\d+")
                .containsPattern("\"raw\":\\{\"length\":\\d+,\"payload_length\":\\d+}");
        assertThat(event("transport:packet_sent", "\"stream\""))
                .containsPattern(
                        "\"frame_type\":\"stream\",\"stream_id\":0,\"offset\":\\d+,\"length\":\\d+");
        assertThat(event("recovery:packet_lost", ""))
                .containsPattern("\"header\":\\{\"packet_type\":\"\\w+\",\"packet_number\":\\d+");
        assertThat(event("recovery:metrics_updated", ""))
                .containsPattern("\"min_rtt\":[\\d.]+,\"smoothed_rtt\":[\\d.]+,\"latest_rtt\"")
                .containsPattern("\"congestion_window\":\\d+,\"bytes_in_flight\":\\d+");
        assertThat(event("transport:parameters_set", "\"owner\":\"remote\""))
                .contains("\"initial_max_data\":", "\"initial_max_stream_data_bidi_remote\":");
    }

    private String event(String name, String part) {
        return lines().stream()
                .filter(line -> line.contains("\"name\":\"" + name + "\"") && line.contains(part))
                .findFirst()
                .orElseThrow();
    }

    /** qvis draws headers and payloads, and reckons with 16 bytes of authentication tag. */
    @Test
    void shouldCountTheTagToThePayload() {
        observe(record);

        transfer();

        Matcher lengths =
                Pattern.compile("\"raw\":\\{\"length\":(\\d+),\"payload_length\":(\\d+)}")
                        .matcher(event("transport:packet_sent", "\"packet_type\":\"initial\""));
        assertThat(lengths.find()).isTrue();
        int header = Integer.parseInt(lengths.group(1)) - Integer.parseInt(lengths.group(2));
        // First byte, version, two IDs of eight bytes with lengths, no token, length, number.
        assertThat(header).isEqualTo(1 + 4 + 9 + 9 + 1 + 2 + 1);
    }

    @Test
    void shouldLetTheConnectionGoOnWhenTheDiskIsFull() {
        observe(
                new Writer() {
                    @Override
                    public void write(char[] text, int offset, int length) throws IOException {
                        throw new IOException("no space left");
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                });

        assertThat(transfer().closeReason()).isNull();
    }
}
