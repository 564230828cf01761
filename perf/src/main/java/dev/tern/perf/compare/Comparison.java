package dev.tern.perf.compare;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a run found: rows in order, and how far goals are reached. */
record Comparison(double seconds, int rounds, List<Row> rows) {
    /** The yardstick that runs everywhere. */
    static final String YARDSTICK = "tcp-tls";

    List<Goal.Outcome> outcomes() {
        return Goal.outcomes(byName());
    }

    /** How fast a row is beside the yardstick; NaN where that was not measured. */
    double ratio(Row row) {
        Row yardstick = byName().get(YARDSTICK);
        return yardstick == null
                ? Double.NaN
                : row.gigabitsPerSecond() / yardstick.gigabitsPerSecond();
    }

    private Map<String, Row> byName() {
        return rows.stream().collect(Collectors.toMap(Row::name, Function.identity()));
    }
}
