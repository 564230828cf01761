package dev.tern.perf.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Tern's own qlog tells of a run, connection by connection, the oldest first. */
final class TernRecord {
    private static final Pattern HANDSHAKE_CRYPTO =
            Pattern.compile("\"frame_type\":\"crypto\",\"offset\":(\\d+),\"length\":(\\d+)");
    private static final Pattern WALL_CLOCK = Pattern.compile("\"wall_clock_time\":\"([^\"]+)\"");
    private static final Pattern COUNTED_MARKS = Pattern.compile("\"ect0\":[1-9]");

    /** A certificate and the signature under it have more; nothing else makes such a difference. */
    private static final int LEAST_CERTIFICATE_BYTES = 300;

    private final List<List<String>> connections;

    private TernRecord(List<List<String>> connections) {
        this.connections = connections;
    }

    static TernRecord read(Path folder) throws IOException {
        List<List<String>> connections = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                connections.add(Files.readAllLines(file));
            }
        }
        connections.sort(Comparator.comparing(TernRecord::beganAt));
        return new TernRecord(connections);
    }

    /** Its file says; the file's own age would tell of its last packet. */
    private static Instant beganAt(List<String> lines) {
        Matcher wallClock = WALL_CLOCK.matcher(lines.isEmpty() ? "" : lines.getFirst());
        return wallClock.find() ? Instant.parse(wallClock.group(1)) : Instant.MAX;
    }

    boolean updatedKeys() {
        return events("security:key_updated").findAny().isPresent();
    }

    boolean receivedEarlyData() {
        return events("transport:packet_received")
                .anyMatch(line -> line.contains("\"packet_type\":\"0RTT\""));
    }

    /** Whether the peer marked what it sent (RFC 9000 §13.4). */
    boolean receivedMarks() {
        return events("transport:packet_received").anyMatch(line -> line.contains("\"ecn\":"));
    }

    /** Whether the peer counted the marks that it got. */
    boolean marksWereCounted() {
        return events("transport:packet_received")
                .anyMatch(line -> COUNTED_MARKS.matcher(line).find());
    }

    /** Whether the server sent its certificate on the first connection and not on the last. */
    boolean savedCertificate() {
        return connections.size() > 1
                && handshakeBytes(connections.getFirst()) - handshakeBytes(connections.getLast())
                        > LEAST_CERTIFICATE_BYTES;
    }

    private static int handshakeBytes(List<String> lines) {
        int end = 0;
        for (String line : lines) {
            if (line.contains("\"transport:packet_sent\"")
                    && line.contains("\"packet_type\":\"handshake\"")) {
                Matcher crypto = HANDSHAKE_CRYPTO.matcher(line);
                while (crypto.find()) {
                    int offset = Integer.parseInt(crypto.group(1));
                    end = Math.max(end, offset + Integer.parseInt(crypto.group(2)));
                }
            }
        }
        return end;
    }

    private Stream<String> events(String name) {
        return connections.stream()
                .flatMap(List::stream)
                .filter(line -> line.contains("\"" + name + "\""));
    }
}
