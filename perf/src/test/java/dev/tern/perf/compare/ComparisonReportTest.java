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
        return new Sample((long) (gigabytes * 1e9), SECOND_NS, (long) (cpuSeconds * SECOND_NS), 0);
    }

    private static final Comparison COMPARISON =
            new Comparison(
                    Measure.BULK,
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
        assertThat(COMPARISON.rows().getFirst().median(Figure.SPEED)).isEqualTo(8);
        assertThat(COMPARISON.rows().getFirst().median(Figure.COST)).isEqualTo(2);
        assertThat(new Row("tcp", List.of(sample(1, 1), sample(2, 1))).median(Figure.SPEED))
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
                new Comparison(
                        Measure.BULK, 1, 1, List.of(new Row("tern-nio", List.of(sample(1, 1)))));

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
                        Measure.BULK,
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

    private static Sample handshakes(long count, double cpuSeconds) {
        return new Sample(count, SECOND_NS, (long) (cpuSeconds * SECOND_NS), 0);
    }

    private static Sample echo(long medianNs) {
        return new Sample(20_000, SECOND_NS, SECOND_NS, medianNs);
    }

    @Test
    void shouldSetHandshakesBesideNetty() throws IOException {
        Comparison comparison =
                new Comparison(
                        Measure.HANDSHAKES,
                        1,
                        2,
                        List.of(
                                new Row(
                                        "tern-linux",
                                        List.of(handshakes(3000, 1.5), handshakes(4000, 2))),
                                new Row("netty-quic", List.of(handshakes(2000, 2)))));

        assertThat(MarkdownReport.of(comparison))
                .isEqualTo(
                        """
                        |            | handshakes/CPU-s | × netty-quic | handshakes/s | rounds, handshakes/CPU-s |
                        | ---------- | ---------------: | -----------: | -----------: | -----------------------: |
                        | tern-linux |          2000.00 |         2.00 |      3500.00 |          2000.00 2000.00 |
                        | netty-quic |          1000.00 |         1.00 |      2000.00 |                  1000.00 |

                        |            |               goal |               of | reached |     |
                        | ---------- | -----------------: | ---------------: | ------: | --: |
                        | tern-linux | ≥ 1.3 × netty-quic | handshakes/CPU-s |    2.00 | yes |
                        """);
        assertThat(JsonReport.of(comparison))
                .contains(
                        "{\"name\":\"netty-quic\",\"handshakes_per_cpu_s\":1000.0,"
                                + "\"handshakes_per_s\":2000.0,\"rounds\":[{"
                                + "\"handshakes_per_cpu_s\":1000.0,\"handshakes_per_s\":2000.0,"
                                + "\"handshakes\":2000}]}");
        assertThat(HtmlReport.of(comparison))
                .contains("Full handshakes, eight at a time, over loopback")
                .contains("Handshakes for a CPU-second of both ends");
    }

    @Test
    void shouldWantAQuickerEchoThanNettys() {
        Comparison comparison =
                new Comparison(
                        Measure.ECHO,
                        1,
                        1,
                        List.of(
                                new Row("tern-linux", List.of(echo(20_000))),
                                new Row("tern-linux-blocking", List.of(echo(30_000))),
                                new Row("netty-quic", List.of(echo(30_000)))));

        assertThat(MarkdownReport.of(comparison))
                .isEqualTo(
                        """
                        |                     | p50, µs | × netty-quic | CPU-µs each | rounds, p50, µs |
                        | ------------------- | ------: | -----------: | ----------: | --------------: |
                        | tern-linux          |   20.00 |         0.67 |       50.00 |           20.00 |
                        | tern-linux-blocking |   30.00 |         1.00 |       50.00 |           30.00 |
                        | netty-quic          |   30.00 |         1.00 |       50.00 |           30.00 |

                        |                     |             goal |      of | reached |     |
                        | ------------------- | ---------------: | ------: | ------: | --: |
                        | tern-linux-blocking | < 1 × netty-quic | p50, µs |    1.00 |  no |
                        """);
        assertThat(HtmlReport.of(comparison)).contains("One byte there and back on one stream");
    }
}
