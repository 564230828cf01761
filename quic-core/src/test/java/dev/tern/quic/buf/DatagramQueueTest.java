package dev.tern.quic.buf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

class DatagramQueueTest {
    private static final int SLOTS = 4;
    private static final int SLOT_BYTES = 10;
    private static final InetSocketAddress HERE = new InetSocketAddress("192.0.2.1", 1);
    private static final InetSocketAddress THERE = new InetSocketAddress("192.0.2.2", 2);

    private final DatagramQueue queue = new DatagramQueue(SLOTS, SLOT_BYTES);

    @Test
    void shouldGiveBackWhatWasPutIn() {
        byte[] source = {9, 1, 2, 3, 9};
        assertThat(queue.add(HERE, THERE, 3, source, 1, 3)).isTrue();
        source[1] = 0;

        assertThat(queue.local()).isEqualTo(HERE);
        assertThat(queue.remote()).isEqualTo(THERE);
        assertThat(queue.ecn()).isEqualTo(3);
        assertThat(queue.length()).isEqualTo(3);
        byte[] destination = new byte[5];
        queue.remove(destination, 2);
        assertThat(destination).containsExactly(0, 0, 1, 2, 3);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void shouldDropWhatIsLongerThanASlot() {
        assertThat(queue.add(HERE, THERE, 0, new byte[11], 0, 11)).isFalse();
        assertThat(queue.add(HERE, THERE, 0, new byte[11], 0, 10)).isTrue();
    }

    @Test
    void shouldNotRemoveFromNothing() {
        assertThatThrownBy(() -> queue.remove(new byte[SLOT_BYTES], 0))
                .isInstanceOf(IllegalStateException.class);
    }

    @Property(tries = 300)
    void shouldKeepOrderAndBound(
            @ForAll List<Boolean> adding, @ForAll @IntRange(max = 1000) int seed) {
        DatagramQueue bounded = new DatagramQueue(SLOTS, SLOT_BYTES);
        ArrayDeque<String> model = new ArrayDeque<>();
        Random random = new Random(seed);
        byte[] bytes = new byte[SLOT_BYTES];

        for (boolean add : adding) {
            if (add) {
                int length = random.nextInt(SLOT_BYTES + 1);
                random.nextBytes(bytes);
                boolean added = bounded.add(HERE, THERE, 0, bytes, 0, length);
                assertThat(added).isEqualTo(model.size() < SLOTS);
                if (added) {
                    model.add(HexFormat.of().formatHex(bytes, 0, length));
                }
            } else if (!model.isEmpty()) {
                Arrays.fill(bytes, (byte) 0);
                int length = bounded.length();
                bounded.remove(bytes, 0);
                assertThat(HexFormat.of().formatHex(bytes, 0, length)).isEqualTo(model.poll());
            }
            assertThat(bounded.isEmpty()).isEqualTo(model.isEmpty());
        }
    }
}
