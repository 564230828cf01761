package dev.tern.quic.congestion.bbr;

/** How long PROBE_RTT lasts (draft, "ProbeRTT Logic"). */
final class ProbeRttVisit {
    /** ProbeRTTDuration. */
    private static final long DURATION_NS = 200_000_000L;

    private boolean drained;
    private boolean roundDone;
    private long doneNs;

    void enter() {
        drained = false;
    }

    /** Whether the queue was seen to be gone. */
    boolean isDrained() {
        return drained;
    }

    /** So little is in flight that the time counts from now on. */
    void onDrained(long nowNs) {
        drained = true;
        roundDone = false;
        doneNs = nowNs + DURATION_NS;
    }

    /** An ACK was taken in; returns whether a round and the time are over. */
    boolean isOver(boolean roundStarted, long nowNs) {
        roundDone |= roundStarted;
        return roundDone && isTimeOver(nowNs);
    }

    boolean isTimeOver(long nowNs) {
        return drained && nowNs - doneNs > 0;
    }
}
