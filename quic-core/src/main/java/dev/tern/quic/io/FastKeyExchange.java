package dev.tern.quic.io;

import dev.tern.crypto.ecdsa.EcdsaP256Choice;
import dev.tern.crypto.x25519.X25519Choice;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gives a process that lives for a while the fastest key exchange there is. To load it takes as
 * long as hundreds of key exchanges, so one that is soon over does without, and it happens beside
 * the agents, which must not stand still for it.
 */
final class FastKeyExchange {
    private static final Duration DELAY = Duration.ofSeconds(2);
    private static final AtomicBoolean PREPARED = new AtomicBoolean();

    private FastKeyExchange() {}

    /** Only the first call does something. */
    static void prepareLater() {
        if (PREPARED.compareAndSet(false, true)) {
            Thread.ofPlatform()
                    .name("tern-x25519")
                    .priority(Thread.MIN_PRIORITY)
                    .daemon()
                    .start(FastKeyExchange::prepare);
        }
    }

    private static void prepare() {
        try {
            Thread.sleep(DELAY);
            X25519Choice.prepare();
            EcdsaP256Choice.prepare();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
