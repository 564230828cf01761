package dev.tern.perf;

import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The results of benchmarks as lines to read: name, parameters, time, bytes allocated. */
final class JmhTable {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /** The counter of packets, by which a benchmark of connections has its others divided. */
    private static final String PACKETS = "packets";

    private static final int COLUMNS = 5;

    private JmhTable() {}

    static String of(Collection<RunResult> results) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"benchmark", "parameters", "time ± error", "allocated", ""});
        results.forEach(result -> rows.add(row(result)));
        int[] widths = new int[COLUMNS];
        for (String[] row : rows) {
            for (int i = 0; i < COLUMNS; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        String format =
                "%-" + widths[0] + "s  %-" + widths[1] + "s  %" + widths[2] + "s  %" + widths[3]
                        + "s  %s";
        StringBuilder table = new StringBuilder();
        for (String[] row : rows) {
            table.append(String.format(Locale.ROOT, format, (Object[]) row).stripTrailing())
                    .append(System.lineSeparator());
        }
        return table.toString();
    }

    private static String[] row(RunResult result) {
        Result<?> time = result.getPrimaryResult();
        Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
        return new String[] {
            shortName(result.getParams().getBenchmark()),
            parameters(result.getParams()),
            score(time) + " " + time.getScoreUnit(),
            allocated == null
                    ? ""
                    : number(allocated.getScore(), 0) + " " + allocated.getScoreUnit(),
            perPacket(result)
        };
    }

    private static String perPacket(RunResult result) {
        Result<?> packets = result.getSecondaryResults().get(PACKETS);
        return packets == null
                ? ""
                : "a packet: send "
                        + perPacket(result, "sendNs", packets)
                        + " ns, receive "
                        + perPacket(result, "receiveNs", packets)
                        + " ns";
    }

    private static String perPacket(RunResult result, String counter, Result<?> packets) {
        double sum = result.getSecondaryResults().get(counter).getScore();
        return number(sum / packets.getScore(), 0);
    }

    /** Class and method. */
    private static String shortName(String benchmark) {
        int method = benchmark.lastIndexOf('.');
        return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
    }

    private static String parameters(BenchmarkParams params) {
        StringBuilder text = new StringBuilder();
        for (String key : params.getParamsKeys()) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(key)
                    .append('=')
                    .append(params.getParam(key));
        }
        return text.toString();
    }

    /** The error is half of a 99.9 % confidence interval, which one iteration does not give. */
    private static String score(Result<?> result) {
        double error = result.getScoreError();
        String score = number(result.getScore(), 1);
        return Double.isNaN(error) ? score : score + " ± " + number(error, 1);
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
