package dev.tern.perf.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

class HeapCensusTest {
    private static final String BEFORE =
            """
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:            10           1000  [B (java.base@25)
               2:             5            200  java.lang.String (java.base@25)
            Total            15           1200
            """;

    private static final String AFTER =
            """
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:            12           1500  [B (java.base@25)
               2:             7            700  dev.tern.Leak
               3:             4            160  java.lang.String (java.base@25)
            Total            23           2360
            """;

    @Test
    void shouldAddUpWhatLives() {
        assertThat(HeapCensus.parse(BEFORE).bytes()).isEqualTo(1200);
    }

    @Test
    void shouldNameWhatGrewTheMostGrownFirst() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        HeapCensus.parse(AFTER)
                .printGrowthSince(
                        HeapCensus.parse(BEFORE),
                        5,
                        new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "grew: +700 bytes, +7 of dev.tern.Leak", "grew: +500 bytes, +2 of [B");
    }

    @Test
    void shouldCountWhatThisProcessHolds() {
        byte[] held = new byte[50_000_000];

        assertThat(HeapCensus.take().bytes()).isGreaterThan(held.length);
    }
}
