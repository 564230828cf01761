package dev.tern.perf.compare;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a row of Tern's is to reach beside another row of the same run. */
record Goal(String row, Figure figure, double bound, String other) {
    static final List<Goal> ALL =
            List.of(
                    new Goal("tern-linux", Figure.SPEED, 0.8, "tcp-tls"),
                    new Goal("tern-linux", Figure.COST, 1.3, "tcp-tls"),
                    new Goal("tern-linux", Figure.SPEED, 4, "netty-quic"),
                    new Goal("tern-linux", Figure.SPEED, 2.5, "ngtcp2"),
                    new Goal("tern-linux", Figure.SPEED, 4, "quic-go"),
                    new Goal("tern-linux-jdk", Figure.SPEED, 0.5, "tcp-tls"),
                    new Goal("tern-nio", Figure.SPEED, 1.5, "netty-quic"),
                    new Goal("tern-nio", Figure.COST, 3.3, "tcp-tls"),
                    new Goal("tern-nio", Figure.SPEED, 25, "kwik"),
                    new Goal("tern-linux", Figure.HANDSHAKES, 1.3, "netty-quic"),
                    new Goal("tern-linux-blocking", Figure.ROUND_TRIP, 1, "netty-quic"));

    /** A goal, and how far it is reached. */
    record Outcome(Goal goal, double ratio) {
        boolean reached() {
            return goal.figure.sense.holds(ratio, goal.bound);
        }
    }

    /** Those of which both rows were measured. */
    static List<Outcome> outcomes(Measure measure, Map<String, Row> rows) {
        return ALL.stream()
                .filter(goal -> goal.figure == measure.lead || goal.figure == measure.second)
                .filter(goal -> rows.containsKey(goal.row) && rows.containsKey(goal.other))
                .map(goal -> new Outcome(goal, goal.ratio(rows)))
                .toList();
    }

    private double ratio(Map<String, Row> rows) {
        return rows.get(row).median(figure) / rows.get(other).median(figure);
    }

    /** As {@code ≥ 0.8 × tcp-tls}. */
    String text() {
        return String.format(Locale.ROOT, "%s %s × %s", figure.sense.sign, number(bound), other);
    }

    String unit() {
        return figure.unit;
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
