package dev.tern.perf.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Tern's own qlog tells of a run, connection by connection, the oldest first. */
final class TernRecord {
    private static final Pattern HANDSHAKE_CRYPTO =
            Pattern.compile("\"frame_type\":\"crypto\",\"offset\":(\\d+),\"length\":(\\d+)");
    private static final Pattern COUNTED_MARKS = Pattern.compile("\"ect0\":[1-9]");

    /** A certificate and the signature under it have more; nothing else makes such a difference. */
    private static final int LEAST_CERTIFICATE_BYTES = 300;

    private final List<List<String>> connections;

    private TernRecord(List<List<String>> connections) {
        this.connections = connections;
    }

    static TernRecord read(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> oldestFirst =
                    files.sorted((a, b) -> modified(a).compareTo(modified(b))).toList();
            List<List<String>> connections = new ArrayList<>();
            for (Path file : oldestFirst) {
                connections.add(Files.readAllLines(file));
            }
            return new TernRecord(connections);
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
