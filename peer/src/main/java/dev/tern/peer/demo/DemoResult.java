package dev.tern.peer.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.util.Locale;

/** The demo's closing words: a table beside the goals, and the same as JSON. */
final class DemoResult {
    private static final double NOT_REACHED = -1;
    private static final double ALLOWANCE_MS = 10;
    private static final int CONNECT_MARGIN_MS = 50;
    private static final int DIRECT_GOAL_MS = 300;
    private static final int DEFAULT_RTT_MS = 40;

    private final Demo demo;
    private final DemoSettings settings;
    private final boolean shaMatches;

    DemoResult(Demo demo, DemoSettings settings, String sentSha256) {
        this.demo = demo;
        this.settings = settings;
        this.shaMatches = sentSha256.equals(demo.receivedSha256());
    }

    /** Whether the file is whole, and both peers ended on the best path that their NATs allow. */
    boolean isSuccess() {
        return shaMatches && (demo.measured().bothDirect() || !settings.mayBeDirect());
    }

    void printTable(PrintStream out) {
        Measurements m = demo.measured();
        double rtt = settings.rttMs();
        double slack = Math.max(0, rtt - DEFAULT_RTT_MS);
        out.println();
        out.printf(Locale.ROOT, "%-38s %12s %12s%n", "", "measured", "goal");
        row(out, "first byte after the dial", m.timeToFirstByteMs(), 2 * rtt + CONNECT_MARGIN_MS);
        row(out, "direct after the dial", m.timeToDirectMs(), DIRECT_GOAL_MS + 5 * slack);
        if (m.moves() > 0) {
            row(
                    out,
                    "pause, mover to peer (worst)",
                    m.pauseMoverToPeerMs(),
                    rtt / 2 + ALLOWANCE_MS);
            row(out, "pause, peer to mover (worst)", m.pausePeerToMoverMs(), rtt + ALLOWANCE_MS);
            row(
                    out,
                    "direct again after a move (worst)",
                    m.timeBackToDirectMs(),
                    DIRECT_GOAL_MS + 5 * slack);
        }
        out.printf(
                Locale.ROOT,
                "%-38s %12d %12d%n",
                "message bytes lost or repeated",
                m.lostBytes() + m.repeatedBytes(),
                0);
        out.printf(Locale.ROOT, "%-38s %12d %12d%n", "handshakes", m.handshakes(), 1);
        out.printf(
                Locale.ROOT,
                "%-38s %12s %12s%n",
                "path at the end",
                finalPath(),
                settings.mayBeDirect() ? "direct" : "relayed");
        out.printf(
                Locale.ROOT,
                "%-38s %12s %12s%n",
                "SHA-256 of the file",
                shaMatches ? "matches" : "DIFFERS",
                "matches");
    }

    private static void row(PrintStream out, String what, double ms, double goalMs) {
        String measured = ms == NOT_REACHED ? "never" : String.format(Locale.ROOT, "%.1f ms", ms);
        out.printf(
                Locale.ROOT,
                "%-38s %12s %12s%n",
                what,
                measured,
                String.format(Locale.ROOT, "<= %.0f ms", goalMs));
    }

    private String finalPath() {
        return demo.measured().bothDirect() ? "direct" : "relayed";
    }

    /** One line; times in ms, -1 for what was not reached. */
    String json() {
        Measurements m = demo.measured();
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            out.writeStartObject();
            out.writeNumberField("bytes", demo.receivedBytes());
            out.writeBooleanField("sha256_match", shaMatches);
            ms(out, "relay_rtt_ms", m.relayRttMs());
            ms(out, "time_to_first_byte_ms", m.timeToFirstByteMs());
            ms(out, "time_to_direct_ms", m.timeToDirectMs());
            out.writeNumberField("moves", m.moves());
            ms(out, "pause_mover_to_peer_ms", m.pauseMoverToPeerMs());
            ms(out, "pause_peer_to_mover_ms", m.pausePeerToMoverMs());
            ms(out, "time_back_to_direct_ms", m.timeBackToDirectMs());
            out.writeNumberField("stream_bytes_lost", m.lostBytes());
            out.writeNumberField("stream_bytes_repeated", m.repeatedBytes());
            out.writeStringField("final_path", finalPath());
            out.writeNumberField("relayed_packets", demo.relayedPackets());
            out.writeNumberField("direct_packets", demo.directPackets());
            out.writeNumberField("handshakes", m.handshakes());
            out.writeArrayFieldStart("events");
            for (Measurements.Happening happening : m.happenings()) {
                out.writeStartObject();
                ms(out, "t_ms", m.sinceStartMs(happening.atUs()));
                out.writeStringField("what", happening.what());
                out.writeStringField("reason", happening.reason());
                out.writeStringField("old_path", happening.oldPath());
                out.writeStringField("new_path", happening.newPath());
                out.writeNumberField("file_bytes_left", happening.fileBytesLeft());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return text.toString();
    }

    private static void ms(JsonGenerator out, String name, double value) throws IOException {
        out.writeNumberField(name, Math.round(value * 10) / 10.0);
    }
}
