package dev.tern.quic.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.atomic.AtomicLong;

@Timeout(20)
class WaiterTest {
    @Test
    void shouldNotWaitAfterASignalThatNobodyAwaited() throws InterruptedException {
        Waiter waiter = new Waiter();

        waiter.signal();
        waiter.signal();

        waiter.await(Deadline.NEVER);
    }

    /** Two threads pass a token to and fro: a single lost signal would stop them both. */
    @Test
    void shouldLoseNoSignal() throws InterruptedException {
        int rounds = 50_000;
        Waiter even = new Waiter();
        Waiter odd = new Waiter();
        AtomicLong token = new AtomicLong();
        Thread other = Thread.ofPlatform().start(() -> passOn(token, 1, rounds, odd, even));

        passOn(token, 0, rounds, even, odd);
        other.join();

        assertThat(token).hasValue(2L * rounds);
    }

    private static void passOn(AtomicLong token, int turn, int rounds, Waiter own, Waiter others) {
        try {
            for (int i = 0; i < rounds; i++) {
                while (token.get() % 2 != turn) {
                    own.await(Deadline.NEVER);
                }
                token.incrementAndGet();
                others.signal();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldEndAWaitByInterrupt() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> new Waiter().await(Deadline.NEVER))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
