package dev.tern.quic.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

class SkippedNumbersTest {
    @Property(tries = 50)
    void shouldSkipAmongTheFirstNumbersAndFindEachSkippedOne(@ForAll long seed) {
        SkippedNumbers numbers = new SkippedNumbers(new SplittableRandom(seed));
        List<Long> skipped = run(numbers, 5_000);

        assertThat(skipped.getFirst()).isBetween(1L, 65L);
        assertThat(skipped).hasSizeGreaterThan(4);
        for (long number : skipped) {
            assertThat(numbers.within(number, number)).isTrue();
            assertThat(numbers.within(number - 1, number + 1)).isTrue();
            assertThat(numbers.within(number + 1, number + 1)).isFalse();
            assertThat(numbers.within(number - 1, number - 1)).isFalse();
        }
    }

    @Test
    void shouldRememberAllOfALargeWindowWithoutGrowing() {
        SkippedNumbers numbers = new SkippedNumbers(new SplittableRandom(1));
        int sent = 5_000_000;
        List<Long> skipped = run(numbers, sent);

        List<Long> inFlight = skipped.stream().filter(number -> number > sent - 500_000).toList();
        assertThat(inFlight).hasSizeGreaterThan(1);
        assertThat(inFlight).allMatch(number -> numbers.within(number, number));
    }

    @Test
    void shouldNotSkipAtTheSamePlacesInEveryConnection() {
        assertThat(run(new SkippedNumbers(new SplittableRandom(1)), 1000))
                .isNotEqualTo(run(new SkippedNumbers(new SplittableRandom(2)), 1000));
    }

    private static List<Long> run(SkippedNumbers numbers, int count) {
        List<Long> skipped = new ArrayList<>();
        long next = 0;
        for (int i = 0; i < count; i++) {
            long used = numbers.after(next);
            if (used != next) {
                skipped.add(next);
            }
            next = used + 1;
        }
        return skipped;
    }
}
