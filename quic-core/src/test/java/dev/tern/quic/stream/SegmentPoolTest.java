package dev.tern.quic.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SegmentPoolTest {
    private static final int RETAINED_SEGMENTS = 64;
    private static final int FEW = 16;

    private final SegmentPool pool = new SegmentPool(RETAINED_SEGMENTS * SegmentPool.SEGMENT_BYTES);

    private void release(int segments) {
        for (int i = 0; i < segments; i++) {
            pool.release(new byte[SegmentPool.SEGMENT_BYTES]);
        }
    }

    @Test
    void shouldGiveOutAgainWhatWasReleased() {
        byte[] segment = pool.take();
        pool.release(segment);

        assertThat(pool.take()).isSameAs(segment);
    }

    @Test
    void shouldKeepNoMoreThanItMay() {
        release(1000);

        assertThat(pool.unused()).isEqualTo(RETAINED_SEGMENTS + FEW);
    }

    @Test
    void shouldKeepButAFewWhereNobodyNeedsThem() {
        release(50);

        pool.shrink();

        assertThat(pool.unused()).isEqualTo(FEW);
    }
}
