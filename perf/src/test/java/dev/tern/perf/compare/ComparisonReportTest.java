package dev.tern.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

class ComparisonReportTest {
    private static final long SECOND_NS = 1_000_000_000L;

    /** Gigabytes in a second, and the CPU-seconds that they took. */
    private static Sample sample(double gigabytes, double cpuSeconds) {
        return new Sample((long) (gigabytes * 1e9), SECOND_NS, (long) (cpuSeconds * SECOND_NS));
    }

    private static final Comparison COMPARISON =
            new Comparison(
                    1,
                    3,
                    List.of(
                            new Row(
                                    "tern-linux",
                                    List.of(sample(1, 2), sample(1.5, 1.5), sample(0.1, 2))),
                            new Row("kwik", List.of(sample(0.01, 2))),
                            new Row("tcp-tls", List.of(sample(2, 2)))));

    @Test
    void shouldTakeTheMedianOfTheRounds() {
        assertThat(COMPARISON.rows().getFirst().gigabitsPerSecond()).isEqualTo(8);
        assertThat(COMPARISON.rows().getFirst().cpuSecondsPerGigabyte()).isEqualTo(2);
        assertThat(new Row("tcp", List.of(sample(1, 1), sample(2, 1))).gigabitsPerSecond())
                .isEqualTo(12);
    }

    @Test
    void shouldShowATableWithTheGoalsWhoseRowsWereMeasured() {
        assertThat(MarkdownReport.of(COMPARISON))
                .isEqualTo(
                        """
                        |            | Gbit/s | × tcp-tls | CPU-s/GB |  rounds, Gbit/s |
                        | ---------- | -----: | --------: | -------: | --------------: |
                        | tern-linux |   8.00 |      0.50 |     2.00 | 8.00 12.00 0.80 |
                        | kwik       |  0.080 |     0.005 |   200.00 |           0.080 |
                        | tcp-tls    |  16.00 |      1.00 |     1.00 |           16.00 |

                        |            |            goal |       of | reached |     |
                        | ---------- | --------------: | -------: | ------: | --: |
                        | tern-linux | ≥ 0.8 × tcp-tls |   Gbit/s |    0.50 |  no |
                        | tern-linux | ≤ 1.3 × tcp-tls | CPU-s/GB |    2.00 |  no |
                        """);
    }

    @Test
    void shouldShowRowsWithoutTheYardstick() {
        Comparison alone =
                new Comparison(1, 1, List.of(new Row("tern-nio", List.of(sample(1, 1)))));

        assertThat(MarkdownReport.of(alone))
                .isEqualTo(
                        """
                        |          | Gbit/s | × tcp-tls | CPU-s/GB | rounds, Gbit/s |
                        | -------- | -----: | --------: | -------: | -------------: |
                        | tern-nio |   8.00 |           |     1.00 |           8.00 |
                        """);
    }

    @Test
    void shouldKnowWhenAGoalIsReached() {
        Comparison fast =
                new Comparison(
                        1,
                        1,
                        List.of(
                                new Row("tern-nio", List.of(sample(1, 1))),
                                new Row("netty-quic", List.of(sample(0.5, 1))),
                                new Row("tcp-tls", List.of(sample(1, 0.2)))));

        assertThat(fast.outcomes())
                .extracting(
                        outcome -> outcome.goal().text(),
                        Goal.Outcome::ratio,
                        Goal.Outcome::reached)
                .containsExactly(
                        tuple("≥ 1.5 × netty-quic", 2.0, true),
                        tuple("≤ 3.3 × tcp-tls", 5.0, false));
    }

    @Test
    void shouldWriteJson() throws IOException {
        assertThat(JsonReport.of(COMPARISON))
                .startsWith(
                        "{\"seconds\":1.0,\"rows\":[{\"name\":\"tern-linux\",\"gbit_per_s\":8.0,"
                                + "\"cpu_s_per_gb\":2.0,\"rounds\":[{\"gbit_per_s\":8.0,"
                                + "\"cpu_s_per_gb\":2.0,\"bytes\":1000000000},")
                .endsWith(
                        "{\"name\":\"tern-linux\",\"unit\":\"CPU-s/GB\",\"goal\":\"≤ 1.3 ×"
                                + " tcp-tls\",\"ratio\":2.0,\"reached\":false}]}");
    }

    @Test
    void shouldDrawTheLongestBarForTheLargestFigure() {
        assertThat(HtmlReport.of(COMPARISON))
                .startsWith("<!DOCTYPE html>")
                .contains("Medians of 3 rounds of 1 seconds")
                .contains("<span>tcp-tls</span><span><i style=\"width:100.0%\"></i></span>")
                .contains(
                        "<div class=\"bar tern\"><span>tern-linux</span><span><i"
                                + " style=\"width:50.0%\"></i></span><span>8.00</span>")
                .contains("<td class=\"no\">no</td>")
                .doesNotContain("<script")
                .doesNotContain("http")
                .endsWith("</html>\n");
    }
}
