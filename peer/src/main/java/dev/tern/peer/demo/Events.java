package dev.tern.peer.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a demo's peer tells its parent: one flat JSON object a line. */
final class Events {
    private static final JsonFactory JSON = new JsonFactory();

    private Events() {}

    /** Microseconds of the day's clock, which all processes of a demo share. */
    static long nowUs() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
    }

    /** An object with the event's name, the time, and pairs of further names and values. */
    static String encode(String event, long atUs, Object... pairs) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("event", event);
            out.writeNumberField("t_us", atUs);
            for (int i = 0; i < pairs.length; i += 2) {
                out.writeObjectField((String) pairs[i], pairs[i + 1]);
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return text.toString();
    }

    /** The fields of a line, or null if it is no event. */
    static Map<String, Object> decode(String line) {
        Map<String, Object> fields = new LinkedHashMap<>();
        try (JsonParser in = JSON.createParser(line)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                fields.put(name, value(in));
            }
            return fields;
        } catch (IOException e) {
            return null;
        }
    }

    private static Object value(JsonParser in) throws IOException {
        return switch (in.nextToken()) {
            case VALUE_NUMBER_INT -> in.getLongValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> in.getText();
        };
    }
}
