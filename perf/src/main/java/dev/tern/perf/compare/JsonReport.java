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
                write(json, comparison.measure(), row);
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

    private static void write(JsonGenerator json, Measure measure, Row row) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", row.name());
        json.writeNumberField(measure.lead.jsonName, row.median(measure.lead));
        json.writeNumberField(measure.second.jsonName, row.median(measure.second));
        json.writeArrayFieldStart("rounds");
        for (Sample round : row.rounds()) {
            json.writeStartObject();
            json.writeNumberField(measure.lead.jsonName, measure.lead.of(round));
            json.writeNumberField(measure.second.jsonName, measure.second.of(round));
            json.writeNumberField(measure.countName, round.count());
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
