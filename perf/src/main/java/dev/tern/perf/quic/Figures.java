package dev.tern.perf.quic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What was measured: numbers by name, in the order in which they came. */
final class Figures {
    private static final double THOUSAND = 1000;

    private final Map<String, Double> byName = new LinkedHashMap<>();

    Figures put(String name, double value) {
        byName.put(name, value);
        return this;
    }

    /** A line for each. */
    String table() {
        StringBuilder table = new StringBuilder();
        byName.forEach(
                (name, value) ->
                        table.append(String.format(Locale.ROOT, "%-34s %s%n", name, text(value))));
        return table.toString();
    }

    private static String text(double value) {
        boolean large = Math.abs(value) >= THOUSAND || value == Math.rint(value);
        return String.format(Locale.ROOT, large ? "%.0f" : "%.3f", value);
    }

    /** One object. */
    String json() throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, Double> figure : byName.entrySet()) {
                json.writeFieldName(figure.getKey());
                json.writeNumber(text(figure.getValue()));
            }
            json.writeEndObject();
        }
        return text.toString();
    }
}
