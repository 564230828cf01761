package dev.tern.perf.udp;

import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.util.Locale;

/** What one transport did. */
record UdpFigures(String transport, int size, Pump.Count sent, Pump.Count received) {
    private static final double NS_PER_SECOND = 1e9;
    private static final int BITS = 8;

    static final String HEADLINE =
            String.format(
                    Locale.ROOT,
                    "%-10s %12s %12s %8s %14s %14s",
                    "transport",
                    "sent/s",
                    "received/s",
                    "Gbit/s",
                    "CPU ns to send",
                    "to receive");

    private static double rate(Pump.Count count) {
        return count.packets() * NS_PER_SECOND / Math.max(1, count.wallNs());
    }

    private static double cpuNs(Pump.Count count) {
        return (double) count.cpuNs() / Math.max(1, count.packets());
    }

    private double gigabits() {
        return rate(received) * size * BITS / NS_PER_SECOND;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%-10s %12.0f %12.0f %8.2f %14.0f %14.0f",
                transport,
                rate(sent),
                rate(received),
                gigabits(),
                cpuNs(sent),
                cpuNs(received));
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("transport", transport);
        json.writeNumberField("sizeBytes", size);
        json.writeNumberField("sentPerSecond", Math.round(rate(sent)));
        json.writeNumberField("receivedPerSecond", Math.round(rate(received)));
        json.writeNumberField("receivedGigabitsPerSecond", gigabits());
        json.writeNumberField("sendCpuNsPerPacket", cpuNs(sent));
        json.writeNumberField("receiveCpuNsPerPacket", cpuNs(received));
        json.writeEndObject();
    }
}
