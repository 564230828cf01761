package dev.tern.perf.compare;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A comparison as one page with bars, which needs nothing else. */
final class HtmlReport {
    private static final String HEAD =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Tern beside the others</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; color: #1c2733; background: #fff; }
            h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
            .bar { display: grid; grid-template-columns: 9rem 1fr 5rem; gap: .75rem; align-items: center; margin: .3rem 0; }
            .bar i { display: block; height: 1.2rem; min-width: 2px; border-radius: 3px; background: #9fb1c4; }
            .bar.tern i { background: #0b6e8f; } .bar.tern { font-weight: 600; }
            .bar span:last-child { text-align: right; font-variant-numeric: tabular-nums; }
            table { border-collapse: collapse; } th, td { padding: .25rem 1rem .25rem 0; text-align: left; border-bottom: 1px solid #dde4ea; }
            .no { color: #a33; }
            </style>
            </head>
            <body>
            <h1>Tern beside the others</h1>
            """;

    private HtmlReport() {}

    static String of(Comparison comparison) {
        StringBuilder page = new StringBuilder(HEAD);
        page.append(
                String.format(
                        Locale.ROOT,
                        "<p>%s over loopback, server and client in"
                                + " processes of their own, AES-128-GCM. Medians of %d rounds of %s"
                                + " seconds, in turns.</p>%n",
                        subject(comparison.measure()),
                        comparison.rounds(),
                        number(comparison.seconds())));
        bars(page, comparison.measure(), comparison.rows());
        if (!comparison.outcomes().isEmpty()) {
            goals(page, comparison.outcomes());
        }
        return page.append("</body>\n</html>\n").toString();
    }

    private static String subject(Measure measure) {
        return switch (measure) {
            case BULK -> "One connection with one stream";
            case HANDSHAKES -> "Full handshakes, eight at a time,";
            case ECHO -> "One byte there and back on one stream";
        };
    }

    private static void bars(StringBuilder page, Measure measure, List<Row> rows) {
        switch (measure) {
            case BULK -> {
                bars(page, "Gbit/s (more is better)", rows, row -> row.median(Figure.SPEED));
                bars(
                        page,
                        "GB for a CPU-second of both ends (more is better)",
                        rows,
                        row -> 1 / row.median(Figure.COST));
            }
            case HANDSHAKES ->
                    bars(
                            page,
                            "Handshakes for a CPU-second of both ends (more is better)",
                            rows,
                            row -> row.median(Figure.HANDSHAKES));
            case ECHO ->
                    bars(
                            page,
                            "µs that half of the round trips took at most (less is better)",
                            rows,
                            row -> row.median(Figure.ROUND_TRIP));
        }
    }

    /** The longest bar is the largest figure. */
    private static void bars(
            StringBuilder page, String title, List<Row> rows, ToDoubleFunction<Row> figure) {
        double largest = rows.stream().mapToDouble(figure).max().orElse(1);
        page.append("<h2>").append(title).append("</h2>\n");
        rows.stream()
                .sorted(Comparator.comparingDouble(figure).reversed())
                .forEach(
                        row ->
                                page.append(
                                        String.format(
                                                Locale.ROOT,
                                                "<div class=\"bar%s\"><span>%s</span><span><i"
                                                        + " style=\"width:%.1f%%\"></i></span>"
                                                        + "<span>%s</span></div>%n",
                                                row.name().startsWith("tern") ? " tern" : "",
                                                row.name(),
                                                figure.applyAsDouble(row) * 100 / largest,
                                                MarkdownReport.number(figure.applyAsDouble(row)))));
    }

    private static void goals(StringBuilder page, List<Goal.Outcome> outcomes) {
        page.append("<h2>Goals</h2>\n<table>\n<tr><th></th><th>goal</th><th>of</th>")
                .append("<th>reached</th><th></th></tr>\n");
        for (Goal.Outcome outcome : outcomes) {
            String verdict = outcome.reached() ? "yes" : "no";
            page.append(
                    String.format(
                            Locale.ROOT,
                            "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td>"
                                    + "<td class=\"%s\">%s</td></tr>%n",
                            outcome.goal().row(),
                            outcome.goal().text(),
                            outcome.goal().unit(),
                            MarkdownReport.number(outcome.ratio()),
                            verdict,
                            verdict));
        }
        page.append("</table>\n");
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
