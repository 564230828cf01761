package dev.tern.fuzz.sim;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How often what was counted happened. */
final class Counters {
    private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);

    Counters() {
        for (Counter counter : Counter.values()) {
            counts.put(counter, 0L);
        }
    }

    void add(Counter counter) {
        counts.merge(counter, 1L, Long::sum);
    }

    void addAll(Counters others) {
        others.counts.forEach((counter, count) -> counts.merge(counter, count, Long::sum));
    }

    long of(Counter counter) {
        return counts.get(counter);
    }

    /** As {@code moves=3 rebinds=0 ...}. */
    @Override
    public String toString() {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }
}
