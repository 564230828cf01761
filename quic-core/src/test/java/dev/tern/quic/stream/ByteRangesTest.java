package dev.tern.quic.stream;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.BitSet;
import java.util.List;

class ByteRangesTest {
    @Property(tries = 400)
    void shouldHoldWhatABitSetHolds(
            @ForAll @Size(max = 60) List<@IntRange(max = 12_799) Integer> operations) {
        ByteRanges ranges = new ByteRanges();
        BitSet model = new BitSet();
        for (int operation : operations) {
            int from = operation % 80;
            int to = from + operation / 80 % 40;
            if (operation / 3200 < 3) {
                ranges.add(from, to);
                model.set(from, to);
            } else {
                ranges.remove(from, to);
                model.clear(from, to);
            }
            assertThat(bitsOf(ranges)).isEqualTo(model);
        }
    }

    @Property(tries = 300)
    void shouldTakeOutAnotherSet(
            @ForAll @Size(max = 20) List<@IntRange(max = 999) Integer> mine,
            @ForAll @Size(max = 20) List<@IntRange(max = 999) Integer> others,
            @ForAll @IntRange(max = 99) int from,
            @ForAll @IntRange(max = 99) int length) {
        ByteRanges ranges = rangesOf(mine);
        ByteRanges other = rangesOf(others);
        BitSet model = bitsOf(ranges);
        // Ranges of the other set may reach beyond the window; inside it all of them go.
        BitSet inside = bitsOf(other);
        inside.clear(0, from);
        inside.clear(from + length, 200);

        ranges.removeAll(other, from, from + length);

        model.andNot(inside);
        BitSet left = bitsOf(ranges);
        assertThat(left.intersects(inside)).isFalse();
        left.or(bitsOf(other));
        model.or(bitsOf(other));
        assertThat(left).isEqualTo(model);
    }

    private static ByteRanges rangesOf(List<Integer> numbers) {
        ByteRanges ranges = new ByteRanges();
        for (int number : numbers) {
            ranges.add(number % 100, number % 100 + number / 100);
        }
        return ranges;
    }

    private static BitSet bitsOf(ByteRanges ranges) {
        BitSet bits = new BitSet();
        for (int i = 0; i < ranges.count(); i++) {
            assertThat(ranges.from(i)).isLessThan(ranges.to(i));
            if (i > 0) {
                assertThat(ranges.from(i)).isGreaterThan(ranges.to(i - 1));
            }
            bits.set((int) ranges.from(i), (int) ranges.to(i));
        }
        return bits;
    }
}
