package dev.tern.quic.buf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

class RangeSetTest {
    private static final int LIMIT = 60;

    @Test
    void shouldJoinNeighbours() {
        RangeSet set = new RangeSet(8);

        set.addPoint(4);
        set.addPoint(6);
        set.addPoint(5);

        assertThat(describe(set)).isEqualTo("4-6");
    }

    @Test
    void shouldSwallowRangesBetween() {
        RangeSet set = new RangeSet(8);
        set.add(0, 1);
        set.add(5, 6);
        set.add(10, 11);
        set.add(20, 21);

        set.add(4, 15);

        assertThat(describe(set)).isEqualTo("20-21 4-15 0-1");
    }

    @Test
    void shouldForgetLowestRangesWhenFull() {
        RangeSet set = new RangeSet(3);

        for (long i = 0; i < 10; i++) {
            set.addPoint(i * 2);
        }
        set.addPoint(0);

        assertThat(describe(set)).isEqualTo("18-18 16-16 14-14");
    }

    @Test
    void shouldSplitRangeWhenMiddleIsRemoved() {
        RangeSet set = new RangeSet(8);
        set.add(0, 9);

        set.remove(3, 5);

        assertThat(describe(set)).isEqualTo("6-9 0-2");
    }

    @Test
    void shouldKeepHighestPartsWhenSplitPassesTheBound() {
        RangeSet set = new RangeSet(1);
        set.add(0, 9);

        set.remove(3, 5);

        assertThat(describe(set)).isEqualTo("6-9");
    }

    @Test
    void shouldHoldTheWholeRangeOfPacketNumbers() {
        RangeSet set = new RangeSet(4);

        set.add(0, Long.MAX_VALUE);

        assertThat(set.contains(0)).isTrue();
        assertThat(set.contains(Long.MAX_VALUE)).isTrue();
        set.removeBelow(Long.MAX_VALUE);
        assertThat(describe(set)).isEqualTo(Long.MAX_VALUE + "-" + Long.MAX_VALUE);
    }

    @Test
    void shouldRefuseRangeThatEndsBeforeItBegins() {
        RangeSet set = new RangeSet(4);

        assertThatThrownBy(() -> set.add(5, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> set.smallest(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Property(tries = 500)
    void shouldBehaveLikeASetOfNumbers(@ForAll("operations") List<Operation> operations) {
        RangeSet set = new RangeSet(LIMIT);
        NavigableSet<Long> model = new TreeSet<>();

        for (Operation operation : operations) {
            operation.applyTo(set);
            operation.applyTo(model);

            assertThat(describe(set)).as("after %s", operation).isEqualTo(describe(model));
        }
        for (long value = 0; value < LIMIT + 2; value++) {
            assertThat(set.contains(value)).isEqualTo(model.contains(value));
        }
    }

    @Property(tries = 300)
    void shouldKeepTheHighestRangesOfABoundedSet(@ForAll("additions") List<Operation> additions) {
        int maxRanges = 4;
        RangeSet bounded = new RangeSet(maxRanges);
        RangeSet whole = new RangeSet(LIMIT);

        for (Operation addition : additions) {
            addition.applyTo(bounded);
            addition.applyTo(whole);
        }

        assertThat(bounded.rangeCount()).isLessThanOrEqualTo(maxRanges);
        assertThat(bounded.largest(0)).isEqualTo(whole.largest(0));
        for (int i = 0; i < bounded.rangeCount(); i++) {
            assertThat(whole.contains(bounded.smallest(i))).isTrue();
            assertThat(whole.contains(bounded.largest(i))).isTrue();
        }
    }

    @Provide
    Arbitrary<List<Operation>> operations() {
        return operation(Kind.values()).list().ofMaxSize(60);
    }

    @Provide
    Arbitrary<List<Operation>> additions() {
        return operation(Kind.ADD).list().ofMinSize(1).ofMaxSize(40);
    }

    private static Arbitrary<Operation> operation(Kind... kinds) {
        return Combinators.combine(
                        Arbitraries.of(kinds),
                        Arbitraries.longs().between(0, LIMIT),
                        Arbitraries.longs().between(0, 12))
                .as((kind, from, length) -> new Operation(kind, from, from + length));
    }

    private static String describe(RangeSet set) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < set.rangeCount(); i++) {
            text.append(set.smallest(i)).append('-').append(set.largest(i)).append(' ');
        }
        return text.toString().strip();
    }

    private static String describe(NavigableSet<Long> model) {
        StringBuilder text = new StringBuilder();
        Long high = model.isEmpty() ? null : model.last();
        while (high != null) {
            long low = high;
            while (model.contains(low - 1)) {
                low--;
            }
            text.append(low).append('-').append(high).append(' ');
            high = model.lower(low);
        }
        return text.toString().strip();
    }

    enum Kind {
        ADD,
        REMOVE,
        REMOVE_BELOW
    }

    record Operation(Kind kind, long from, long to) {
        void applyTo(RangeSet set) {
            switch (kind) {
                case ADD -> set.add(from, to);
                case REMOVE -> set.remove(from, to);
                case REMOVE_BELOW -> set.removeBelow(from);
            }
        }

        void applyTo(NavigableSet<Long> model) {
            switch (kind) {
                case ADD -> {
                    for (long value = from; value <= to; value++) {
                        model.add(value);
                    }
                }
                case REMOVE -> model.subSet(from, true, to, true).clear();
                case REMOVE_BELOW -> model.headSet(from).clear();
            }
        }
    }
}
