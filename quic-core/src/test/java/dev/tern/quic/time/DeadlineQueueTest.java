package dev.tern.quic.time;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

class DeadlineQueueTest {
    private static final class Timer extends DeadlineQueue.Entry {}

    private final DeadlineQueue queue = new DeadlineQueue();

    @Test
    void shouldBeEmptyAtFirst() {
        assertThat(queue.earliestNs()).isEqualTo(Long.MAX_VALUE);
        assertThat(queue.pollExpired(Long.MAX_VALUE)).isNull();
    }

    @Test
    void shouldExpireAtTheDeadlineAndNotBefore() {
        Timer timer = new Timer();
        queue.schedule(timer, 100);

        assertThat(queue.pollExpired(99)).isNull();
        assertThat(queue.pollExpired(100)).isSameAs(timer);
        assertThat(queue.pollExpired(100)).isNull();
    }

    @Test
    void shouldMoveADeadlineBothWays() {
        Timer moved = new Timer();
        Timer other = new Timer();
        queue.schedule(moved, 100);
        queue.schedule(other, 50);

        queue.schedule(moved, 10);
        assertThat(queue.earliestNs()).isEqualTo(10);
        queue.schedule(moved, 200);
        assertThat(queue.earliestNs()).isEqualTo(50);
        queue.schedule(other, Long.MAX_VALUE);
        assertThat(queue.earliestNs()).isEqualTo(200);
    }

    @Test
    void shouldIgnoreACancelledTwice() {
        Timer timer = new Timer();
        queue.schedule(timer, 1);

        queue.cancel(timer);
        queue.cancel(timer);

        assertThat(queue.pollExpired(2)).isNull();
    }

    /** A clock may begin anywhere, and pass from the highest number to the lowest. */
    @Property(tries = 300)
    void shouldExpireInOrderFromAnyOrigin(
            @ForAll long originNs,
            @ForAll @Size(min = 1, max = 60) List<@LongRange(max = 1_000_000) Long> delaysNs) {
        DeadlineQueue any = new DeadlineQueue();
        Map<DeadlineQueue.Entry, Long> delayOf = new HashMap<>();
        delaysNs.removeIf(delayNs -> originNs + delayNs == Long.MAX_VALUE); // that one means never
        for (long delayNs : delaysNs) {
            Timer timer = new Timer();
            delayOf.put(timer, delayNs);
            any.schedule(timer, originNs + delayNs);
        }

        List<Long> expired =
                Stream.generate(() -> any.pollExpired(originNs + 1_000_000))
                        .takeWhile(Objects::nonNull)
                        .map(delayOf::get)
                        .toList();

        assertThat(expired).containsExactlyElementsOf(delaysNs.stream().sorted().toList());
    }

    @Property(tries = 300)
    void shouldBehaveLikeAMapOfDeadlines(@ForAll Random random) {
        DeadlineQueue heap = new DeadlineQueue();
        Timer[] timers = new Timer[40];
        Map<DeadlineQueue.Entry, Long> model = new HashMap<>();
        for (int i = 0; i < timers.length; i++) {
            timers[i] = new Timer();
        }
        long nowNs = 0;
        for (int step = 0; step < 200; step++) {
            Timer timer = timers[random.nextInt(timers.length)];
            switch (random.nextInt(4)) {
                case 0 -> {
                    heap.cancel(timer);
                    model.remove(timer);
                }
                case 1 -> {
                    nowNs += random.nextInt(30);
                    assertExpires(heap, model, nowNs);
                }
                default -> {
                    long deadlineNs = nowNs + random.nextInt(100);
                    heap.schedule(timer, deadlineNs);
                    model.put(timer, deadlineNs);
                }
            }
            assertThat(heap.earliestNs())
                    .isEqualTo(
                            model.values().stream()
                                    .mapToLong(Long::longValue)
                                    .min()
                                    .orElse(Long.MAX_VALUE));
        }
    }

    private static void assertExpires(
            DeadlineQueue heap, Map<DeadlineQueue.Entry, Long> model, long nowNs) {
        long lastNs = Long.MIN_VALUE;
        DeadlineQueue.Entry expired;
        while ((expired = heap.pollExpired(nowNs)) != null) {
            long deadlineNs = model.remove(expired);
            assertThat(deadlineNs).isBetween(lastNs, nowNs);
            lastNs = deadlineNs;
        }
        assertThat(model.values()).allMatch(deadlineNs -> deadlineNs > nowNs);
    }
}
