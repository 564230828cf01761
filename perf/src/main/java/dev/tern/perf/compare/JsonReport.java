package dev.tern.perf.compare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.StringWriter;

/** A comparison as one JSON object. */
final class JsonReport {
    private JsonReport() {}

    static String of(Comparison comparison) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("seconds", comparison.seconds());
            json.writeArrayFieldStart("rows");
            for (Row row : comparison.rows()) {
                write(json, row);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("goals");
            for (Goal.Outcome outcome : comparison.outcomes()) {
                write(json, outcome);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Row row) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", row.name());
        json.writeNumberField("gbit_per_s", row.gigabitsPerSecond());
        json.writeNumberField("cpu_s_per_gb", row.cpuSecondsPerGigabyte());
        json.writeArrayFieldStart("rounds");
        for (Sample round : row.rounds()) {
            json.writeStartObject();
            json.writeNumberField("gbit_per_s", round.gigabitsPerSecond());
            json.writeNumberField("cpu_s_per_gb", round.cpuSecondsPerGigabyte());
            json.writeNumberField("bytes", round.bytes());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Goal.Outcome outcome) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", outcome.goal().row());
        json.writeStringField("unit", outcome.goal().unit());
        json.writeStringField("goal", outcome.goal().text());
        json.writeNumberField("ratio", outcome.ratio());
        json.writeBooleanField("reached", outcome.reached());
        json.writeEndObject();
    }
}
