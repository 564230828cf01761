package dev.tern.quic.io;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** What an agent's thread does when there is nothing to do. */
public enum IdleMode {
    /** Sleeps in the kernel and is woken by it: no time lost, no processor used. */
    SLEEP,
    /** Looks again at once: the least delay, for a processor of its own. */
    SPIN,
    /** Looks again once other threads had their turn. */
    YIELD,
    /** Looks again and again, and takes longer and longer naps in between. */
    BACKOFF;

    private static final long MAX_SPINS = 100;
    private static final long MAX_YIELDS = 10;
    private static final long MIN_PARK_NS = 1_000L;

    /** A datagram waits no longer than with naps of a selector. */
    private static final long MAX_PARK_NS = 50_000L;

    /** How to do nothing for a moment; null for {@link #SLEEP}, which takes a kernel. */
    IdleStrategy strategy() {
        return switch (this) {
            case SLEEP -> null;
            case SPIN -> new BusySpinIdleStrategy();
            case YIELD -> new YieldingIdleStrategy();
            case BACKOFF ->
                    new BackoffIdleStrategy(MAX_SPINS, MAX_YIELDS, MIN_PARK_NS, MAX_PARK_NS);
        };
    }
}
