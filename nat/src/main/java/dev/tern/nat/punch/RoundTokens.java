package dev.tern.nat.punch;

/** What rounds of punching cost the peer that starts them: five at once, one back every 2 s. */
final class RoundTokens {
    static final int MAX_TOKENS = 5;
    static final long REFILL_NS = 2_000_000_000L;

    private int tokens = MAX_TOKENS;
    private long refilledNs;

    boolean take(long nowNs) {
        if (tokens == MAX_TOKENS) {
            refilledNs = nowNs;
        } else {
            long back = Math.min((nowNs - refilledNs) / REFILL_NS, MAX_TOKENS - tokens);
            tokens += (int) back;
            refilledNs = tokens == MAX_TOKENS ? nowNs : refilledNs + back * REFILL_NS;
        }
        if (tokens == 0) {
            return false;
        }
        tokens--;
        return true;
    }

    void refill() {
        tokens = MAX_TOKENS;
    }
}
