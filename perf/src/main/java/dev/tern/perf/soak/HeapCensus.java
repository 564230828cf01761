package dev.tern.perf.soak;

import dev.tern.peer.cli.UserError;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

import javax.management.JMException;
import javax.management.ObjectName;

/** What lives on the heap after a collection, by class: names what grew where something did. */
final class HeapCensus {
    private static final int COLUMNS = 4;

    private record Growth(String className, long bytes, long instances) {}

    private record Kind(long bytes, long instances) {
        static final Kind NONE = new Kind(0, 0);

        Kind plus(Kind other) {
            return new Kind(bytes + other.bytes, instances + other.instances);
        }
    }

    private final Map<String, Kind> kinds;

    private HeapCensus(Map<String, Kind> kinds) {
        this.kinds = kinds;
    }

    /**
     * Collects garbage and counts what is left.
     *
     * @throws UserError where this JVM cannot tell
     */
    static HeapCensus take() {
        try {
            Object histogram =
                    ManagementFactory.getPlatformMBeanServer()
                            .invoke(
                                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                    "gcClassHistogram",
                                    new Object[] {new String[0]},
                                    new String[] {String[].class.getName()});
            return parse((String) histogram);
        } catch (JMException e) {
            throw new UserError(
                    "this JVM cannot count what is on its heap; run the soak on OpenJDK's HotSpot");
        }
    }

    /** Reads lines such as {@code 12: 3456 78901 java.lang.String (java.base@25)}. */
    static HeapCensus parse(String histogram) {
        Map<String, Kind> kinds = new HashMap<>();
        histogram
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length >= COLUMNS && columns[0].endsWith(":"))
                .filter(columns -> Character.isDigit(columns[0].charAt(0)))
                .forEach(
                        columns ->
                                kinds.merge(
                                        columns[3], // several loaders may have one of that name
                                        new Kind(
                                                Long.parseLong(columns[2]),
                                                Long.parseLong(columns[1])),
                                        Kind::plus));
        return new HeapCensus(kinds);
    }

    /** All that lives, in bytes. */
    long bytes() {
        return kinds.values().stream().mapToLong(Kind::bytes).sum();
    }

    /** Prints the classes of which there is most more than there was. */
    void printGrowthSince(HeapCensus before, int most, PrintStream out) {
        kinds.entrySet().stream()
                .map(entry -> growth(entry.getKey(), entry.getValue(), before))
                .filter(growth -> growth.bytes > 0)
                .sorted(Comparator.comparingLong(Growth::bytes).reversed())
                .limit(most)
                .forEach(
                        growth ->
                                out.printf(
                                        "grew: %+d bytes, %+d of %s%n",
                                        growth.bytes, growth.instances, growth.className));
    }

    private static Growth growth(String className, Kind now, HeapCensus before) {
        Kind then = before.kinds.getOrDefault(className, Kind.NONE);
        return new Growth(className, now.bytes - then.bytes, now.instances - then.instances);
    }
}
