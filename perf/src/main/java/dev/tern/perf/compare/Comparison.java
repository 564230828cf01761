package dev.tern.perf.compare;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a run found: rows in order, and how far goals are reached. */
record Comparison(Measure measure, double seconds, int rounds, List<Row> rows) {
    List<Goal.Outcome> outcomes() {
        return Goal.outcomes(measure, byName());
    }

    /** How large a row's first figure is beside the yardstick's; NaN where there is none. */
    double ratio(Row row) {
        Row yardstick = byName().get(measure.yardstick);
        return yardstick == null
                ? Double.NaN
                : row.median(measure.lead) / yardstick.median(measure.lead);
    }

    private Map<String, Row> byName() {
        return rows.stream().collect(Collectors.toMap(Row::name, Function.identity()));
    }
}
