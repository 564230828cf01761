package dev.tern.fuzz.sim;

import java.util.Locale;

/** What is counted over all worlds: a world in which nothing happens proves nothing. */
enum Counter {
    /** Changes to another local address. */
    MOVES,
    /** Ports and addresses that a NAT forgot. */
    REBINDS,
    RETRIES,
    RESUMED,
    ZERO_RTT,
    KEY_UPDATES,
    /** Probe timeouts. */
    PTOS,
    /** Reductions of the congestion window that were taken back. */
    SPURIOUS,
    /** Paths validated by challenge and response. */
    VALIDATIONS,
    /** Connections ended by a stateless reset. */
    RESETS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
