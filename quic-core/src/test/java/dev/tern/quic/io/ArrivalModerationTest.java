package dev.tern.quic.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrivalModerationTest {
    private static final long US = 1_000L;

    private final ArrivalModeration moderation = new ArrivalModeration();
    private long nowNs = 5_000_000L;

    /** Rounds of 10 µs for two milliseconds, each of which receives and sends so many. */
    private void rounds(int received, int sent) {
        for (int i = 0; i < 200; i++) {
            moderation.onRound(received, sent, nowNs);
            nowNs += 10 * US;
        }
    }

    @Test
    void shouldWakeAtOnceForTheFirstDatagrams() {
        moderation.onRound(64, 1, nowNs);

        assertThat(moderation.takeMomentNs()).isZero();
    }

    @Test
    void shouldGatherWhatArrivesInBulk() {
        rounds(1, 0);

        // 64 of them would take 640 µs: too long.
        assertThat(moderation.takeMomentNs()).isEqualTo(100 * US);
    }

    @Test
    void shouldGatherForAShorterTimeAtHigherRates() {
        rounds(16, 1);

        assertThat(moderation.takeMomentNs()).isBetween(39 * US, 41 * US);
    }

    @Test
    void shouldWakeForEachDatagramThatIsAnsweredByOne() {
        rounds(4, 4);

        assertThat(moderation.takeMomentNs()).isZero();
    }

    @Test
    void shouldWakeForEachOfFewDatagrams() {
        for (int i = 0; i < 100; i++) {
            moderation.onRound(1, 0, nowNs);
            nowNs += 100 * US;
        }

        assertThat(moderation.takeMomentNs()).isZero();
    }

    @Test
    void shouldWaitForTheNextDatagramWhenAMomentBroughtNone() {
        rounds(16, 1);
        assertThat(moderation.takeMomentNs()).isPositive();

        moderation.onRound(0, 0, nowNs);

        assertThat(moderation.takeMomentNs()).isZero();
    }
}
