package dev.tern.perf.quic;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import java.util.List;

class SampleTest {
    private static Sample of(List<Long> n) {
        return new Sample(
                n.get(0), n.get(1), n.get(2), n.get(3), n.get(4), n.get(5), n.get(6), n.get(7));
    }

    @Property(tries = 100)
    void shouldReadWhatItWrote(@ForAll @Size(8) List<Long> numbers) {
        assertThat(Sample.parse(of(numbers).text())).isEqualTo(of(numbers));
    }

    @Property(tries = 100)
    void shouldTakeBackWhatItAdded(
            @ForAll @Size(8) List<Long> numbers, @ForAll @Size(8) List<Long> others) {
        assertThat(of(numbers).plus(of(others)).minus(of(others))).isEqualTo(of(numbers));
    }
}
