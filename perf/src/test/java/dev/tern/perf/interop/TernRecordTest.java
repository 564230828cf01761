package dev.tern.perf.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class TernRecordTest {
    private static final String FIRST = "2026-01-01T00:00:00.250Z";
    private static final String SECOND = "2026-01-01T00:00:01Z";

    private static final int FULL_BYTES = 613;
    private static final int RESUMED_BYTES = 172;

    @TempDir private Path folder;

    @Test
    void shouldSeeThatKeysWereUpdated() throws IOException {
        write("a", FIRST, event("security:key_updated", "\"key_type\":\"server_1rtt_secret\""));

        assertThat(TernRecord.read(folder).updatedKeys()).isTrue();
    }

    @Test
    void shouldSeeEarlyDataThatCame() throws IOException {
        write("a", FIRST, received("0RTT", ""));

        assertThat(TernRecord.read(folder).receivedEarlyData()).isTrue();
    }

    @Test
    void shouldNotTakeEarlyDataSentForSomeThatCame() throws IOException {
        write("a", FIRST, event("transport:packet_sent", header("0RTT")));

        assertThat(TernRecord.read(folder).receivedEarlyData()).isFalse();
    }

    @Test
    void shouldTellMarksThatCameFromMarksThatWereCounted() throws IOException {
        write("a", FIRST, received("1RTT", ",\"ecn\":\"ECT(0)\""));
        assertThat(TernRecord.read(folder).receivedMarks()).isTrue();
        assertThat(TernRecord.read(folder).marksWereCounted()).isFalse();

        write("a", FIRST, received("1RTT", ",\"frames\":[{\"frame_type\":\"ack\",\"ect0\":12}]"));
        assertThat(TernRecord.read(folder).receivedMarks()).isFalse();
        assertThat(TernRecord.read(folder).marksWereCounted()).isTrue();
    }

    @Test
    void shouldNotTakeACountOfNoMarksForACount() throws IOException {
        write("a", FIRST, received("1RTT", ",\"frames\":[{\"frame_type\":\"ack\",\"ect0\":0}]"));

        assertThat(TernRecord.read(folder).marksWereCounted()).isFalse();
    }

    @Test
    void shouldSeeThatTheSecondHandshakeHadNoCertificate() throws IOException {
        write("b", FIRST, sentHandshake(0, FULL_BYTES));
        write("a", SECOND, sentHandshake(0, RESUMED_BYTES));

        assertThat(TernRecord.read(folder).savedCertificate()).isTrue();
    }

    @Test
    void shouldKnowTheFirstConnectionByWhenItBeganThoughItWasWrittenToLast() throws IOException {
        write("a", SECOND, sentHandshake(0, FULL_BYTES));
        write("b", FIRST, sentHandshake(0, RESUMED_BYTES));

        assertThat(TernRecord.read(folder).savedCertificate()).isFalse();
    }

    @Test
    void shouldNotTakeTwoFullHandshakesForAResumption() throws IOException {
        write("a", FIRST, sentHandshake(0, FULL_BYTES));
        write("b", SECOND, sentHandshake(0, 400), sentHandshake(400, FULL_BYTES - 400));

        assertThat(TernRecord.read(folder).savedCertificate()).isFalse();
    }

    @Test
    void shouldNotCountWhatWasSentAgain() throws IOException {
        write("a", FIRST, sentHandshake(0, RESUMED_BYTES), sentHandshake(0, RESUMED_BYTES));
        write("b", SECOND, sentHandshake(0, RESUMED_BYTES));

        assertThat(TernRecord.read(folder).savedCertificate()).isFalse();
    }

    @Test
    void shouldSeeNoResumptionInOneConnection() throws IOException {
        write("a", FIRST, sentHandshake(0, FULL_BYTES));

        assertThat(TernRecord.read(folder).savedCertificate()).isFalse();
    }

    private void write(String name, String beganAt, String... events) throws IOException {
        List<String> lines =
                new ArrayList<>(
                        List.of(
                                "{\"trace\":{\"reference_time\":{\"wall_clock_time\":\"%s\"}}}"
                                        .formatted(beganAt)));
        lines.addAll(List.of(events));
        Files.write(folder.resolve(name + ".sqlog"), lines);
    }

    private static String sentHandshake(int offset, int length) {
        return event(
                "transport:packet_sent",
                header("handshake")
                        + ",\"frames\":[{\"frame_type\":\"crypto\",\"offset\":%d,\"length\":%d}]"
                                .formatted(offset, length));
    }

    private static String received(String packetType, String rest) {
        return event("transport:packet_received", header(packetType) + rest);
    }

    private static String header(String packetType) {
        return "\"header\":{\"packet_type\":\"%s\",\"packet_number\":0}".formatted(packetType);
    }

    private static String event(String name, String data) {
        return "{\"time\":0.0,\"name\":\"%s\",\"data\":{%s}}".formatted(name, data);
    }
}
