package dev.tern.relay.server;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void shouldLetABurstThroughAndThenTheRate() {
        TokenBucket bucket = new TokenBucket(100, 10, 0);

        assertThat(bucket.take(10, 0)).isTrue();
        assertThat(bucket.take(1, SECOND / 100 - 1)).isFalse();
        assertThat(bucket.take(1, SECOND / 100)).isTrue();
        assertThat(bucket.take(1, SECOND / 100)).isFalse();
    }

    @Test
    void shouldSaveNoMoreThanABurst() {
        TokenBucket bucket = new TokenBucket(100, 10, 0);

        assertThat(bucket.take(11, 1000 * SECOND)).isFalse();
        assertThat(bucket.take(10, 1000 * SECOND)).isTrue();
    }

    @Property(tries = 50)
    void shouldHoldTheRateHoweverOftenItIsAsked(
            @ForAll @LongRange(min = 1, max = 2_000_000_000L) long perSecond,
            @ForAll @IntRange(min = 1, max = 100_000) int maxStepNs,
            @ForAll long seed) {
        TokenBucket bucket = new TokenBucket(perSecond, 3000, 0);
        SplittableRandom random = new SplittableRandom(seed);
        long nowNs = 0;
        long taken = 0;
        for (int i = 0; i < 2000; i++) {
            nowNs += random.nextLong(maxStepNs) + 1;
            long count = random.nextLong(1500) + 1;
            if (bucket.take(count, nowNs)) {
                taken += count;
            }
        }

        assertThat(taken).isLessThanOrEqualTo(3000 + (long) (nowNs * (perSecond / 1e9)));
    }
}
