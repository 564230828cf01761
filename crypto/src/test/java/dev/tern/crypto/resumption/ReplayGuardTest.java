package dev.tern.crypto.resumption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

class ReplayGuardTest {
    private static final long WINDOW_MS = 1000;
    private static final long NOW_MS = 1_800_000_000_000L;

    private final ReplayGuard guard = new ReplayGuard(WINDOW_MS, 4);

    private static byte[] unique(long value) {
        return ByteBuffer.allocate(32).putLong(value).array();
    }

    @Test
    void shouldAdmitEachOnce() {
        assertThat(guard.admit(unique(7), NOW_MS, NOW_MS)).isTrue();
        assertThat(guard.admit(unique(8), NOW_MS, NOW_MS)).isTrue();
        assertThat(guard.admit(unique(7), NOW_MS, NOW_MS)).isFalse();
        assertThat(guard.admit(unique(0), NOW_MS, NOW_MS)).isTrue();
        assertThat(guard.admit(unique(0), NOW_MS, NOW_MS)).isFalse();
    }

    @Test
    void shouldRefuseWhatWasSentLongAgoOrInTheFuture() {
        assertThat(guard.admit(unique(7), NOW_MS - WINDOW_MS - 1, NOW_MS)).isFalse();
        assertThat(guard.admit(unique(7), NOW_MS + WINDOW_MS + 1, NOW_MS)).isFalse();
        assertThat(guard.admit(unique(7), NOW_MS - WINDOW_MS, NOW_MS)).isTrue();
    }

    @Test
    void shouldRememberAsLongAsAReplayWouldBeFresh() {
        long sentAtMs = NOW_MS + WINDOW_MS;
        assertThat(guard.admit(unique(7), sentAtMs, NOW_MS)).isTrue();

        assertThat(guard.admit(unique(7), sentAtMs, NOW_MS + 2 * WINDOW_MS)).isFalse();
    }

    @Test
    void shouldRefuseRatherThanForgetWhenFull() {
        for (int i = 1; i <= 4; i++) {
            assertThat(guard.admit(unique(i), NOW_MS, NOW_MS)).isTrue();
        }

        assertThat(guard.admit(unique(5), NOW_MS, NOW_MS)).isFalse();
        long laterMs = NOW_MS + 2 * WINDOW_MS;
        assertThat(guard.admit(unique(5), laterMs, laterMs)).isTrue();
    }

    /** Whatever the clocks do, back and forth: nothing is admitted twice. */
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void shouldNeverAdmitTwice(
            @ForAll @Size(max = 60) List<@IntRange(max = 5) Integer> uniques,
            @ForAll @Size(60) List<@IntRange(min = -3000, max = 5000) Integer> stepsMs,
            @ForAll @Size(60) List<@IntRange(min = -1500, max = 1500) Integer> skewsMs) {
        ReplayGuard tested = new ReplayGuard(WINDOW_MS, 100);
        long[] sentAtMs = new long[6];
        Set<Integer> admitted = new HashSet<>();
        long nowMs = NOW_MS;
        for (int i = 0; i < uniques.size(); i++) {
            int unique = uniques.get(i);
            nowMs += stepsMs.get(i);
            // A ClientHello says once and for all when it was sent.
            sentAtMs[unique] = sentAtMs[unique] == 0 ? nowMs + skewsMs.get(i) : sentAtMs[unique];
            if (tested.admit(unique(unique), sentAtMs[unique], nowMs)) {
                assertThat(admitted.add(unique)).isTrue();
            }
        }
    }

    @Test
    void shouldNeedAWindowAndSomeRoom() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ReplayGuard(0, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> new ReplayGuard(WINDOW_MS, 0));
    }
}
