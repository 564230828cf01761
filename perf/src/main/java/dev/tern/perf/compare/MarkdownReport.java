package dev.tern.perf.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A comparison as two tables, aligned so that a terminal shows them well, too. */
final class MarkdownReport {
    private MarkdownReport() {}

    static String of(Comparison comparison) {
        List<String[]> lines = new ArrayList<>();
        Measure measure = comparison.measure();
        lines.add(
                new String[] {
                    "",
                    measure.lead.unit,
                    "× " + measure.yardstick,
                    measure.second.unit,
                    "rounds, " + measure.lead.unit
                });
        comparison.rows().forEach(row -> lines.add(line(comparison, row)));
        String text = table(lines);
        List<Goal.Outcome> outcomes = comparison.outcomes();
        return outcomes.isEmpty() ? text : text + "\n" + goals(outcomes);
    }

    private static String[] line(Comparison comparison, Row row) {
        double ratio = comparison.ratio(row);
        Measure measure = comparison.measure();
        return new String[] {
            row.name(),
            number(row.median(measure.lead)),
            Double.isNaN(ratio) ? "" : number(ratio),
            number(row.median(measure.second)),
            row.rounds().stream()
                    .map(round -> number(measure.lead.of(round)))
                    .collect(Collectors.joining(" "))
        };
    }

    private static String goals(List<Goal.Outcome> outcomes) {
        List<String[]> lines = new ArrayList<>();
        lines.add(new String[] {"", "goal", "of", "reached", ""});
        for (Goal.Outcome outcome : outcomes) {
            lines.add(
                    new String[] {
                        outcome.goal().row(),
                        outcome.goal().text(),
                        outcome.goal().unit(),
                        number(outcome.ratio()),
                        outcome.reached() ? "yes" : "no"
                    });
        }
        return table(lines);
    }

    /** The first line is the heading; the first column holds names, the others stand right. */
    private static String table(List<String[]> lines) {
        int[] widths = new int[lines.getFirst().length];
        for (String[] line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Math.max(3, line[i].length()));
            }
        }
        StringBuilder text = new StringBuilder();
        for (String[] line : lines) {
            for (int i = 0; i < widths.length; i++) {
                String pad = " ".repeat(widths[i] - line[i].length());
                text.append("| ").append(i == 0 ? line[i] + pad : pad + line[i]).append(' ');
            }
            text.append("|\n");
            if (line == lines.getFirst()) {
                for (int i = 0; i < widths.length; i++) {
                    text.append("| ")
                            .append("-".repeat(widths[i] - 1))
                            .append(i == 0 ? "- " : ": ");
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }

    /** Two decimals where they say something: kwik's figures need three. */
    static String number(double value) {
        return String.format(Locale.ROOT, value < 0.1 ? "%.3f" : "%.2f", value);
    }
}
